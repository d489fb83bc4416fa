"""What a `.env` holds, read back by those who read such files."""

import io
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from dotenv import dotenv_values
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.rendering.outfits import INVOICES, a_server, an_agent, an_input, reached, started
from outfitter.core.agent import Equipment
from outfitter.core.catalogue import Place
from outfitter.core.errors import Refused
from outfitter.core.rendering import env_text

_PRINTABLE = st.text(
    st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: "${" not in text)

ONE = an_agent(Equipment(server=a_server("a", started("p", K="${K}"), an_input("K")), keys=("K",)))


def test_every_stored_value_is_a_line() -> None:
    values = {
        "gmail": {"EMAIL": "me@gmail.com", "PASSWORD": "four word pass word", "LABEL": "no key"},
        "notion-hosted": {"TOKEN": "ntn_$1"},
        "slack": {"TOKEN": "not of this agent"},
    }
    assert env_text.render(INVOICES, values).splitlines() == [
        "MCP_GMAIL_EMAIL='me@gmail.com'",
        "MCP_GMAIL_PASSWORD='four word pass word'",
        "MCP_NOTION_HOSTED_TOKEN='ntn_$1'",
    ]


@pytest.mark.proves("R-48")
@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\0b", "a\u2028b", "\ud800", "${HOME}", "\x85"])
def test_a_value_that_no_line_can_hold_is_refused_unseen(value: str) -> None:
    with pytest.raises(Refused) as refused:
        env_text.render(ONE, {"a": {"K": f"canary{value}"}})
    assert "canary" not in refused.value.detail


@pytest.mark.proves("R-52")
def test_a_value_cannot_move_the_host() -> None:
    server = a_server("a", reached("https://${K}.x.example/mcp"), an_input("K", Place.URL))
    spec = an_agent(Equipment(server=server, keys=("K",)))
    assert env_text.render(spec, {"a": {"K": "my-shop"}}) == "MCP_A_K='my-shop'\n"
    with pytest.raises(Refused):
        env_text.render(spec, {"a": {"K": "evil.example/"}})


@pytest.mark.proves("R-52")
@pytest.mark.parametrize("value", ["a+b/c==&admin=1#x", "../admin?x", "50%", "my org", "Zürich"])
def test_a_value_in_an_address_stays_one_part_of_it(value: str) -> None:
    server = a_server(
        "a", reached("https://x.example/${K}/mcp?key=${K}&more=1"), an_input("K", Place.URL)
    )
    text = env_text.render(an_agent(Equipment(server=server, keys=("K",))), {"a": {"K": value}})
    variables = dotenv_values(stream=io.StringIO(text))
    address = urlsplit("https://x.example/{MCP_A_K}/mcp?key={MCP_A_K}&more=1".format(**variables))
    assert [unquote(part) for part in address.path.split("/")] == ["", value, "mcp"]
    assert parse_qs(address.query) == {"key": [value], "more": ["1"]}


def test_a_value_that_a_header_takes_too_is_left_as_it_is() -> None:
    server = a_server(
        "a", reached("https://x.example/mcp?key=${K}", Token="${K}"), an_input("K", Place.URL)
    )
    text = env_text.render(an_agent(Equipment(server=server, keys=("K",))), {"a": {"K": "a+b="}})
    assert text == "MCP_A_K='a+b='\n"


@pytest.mark.proves("R-48")
@given(_PRINTABLE)
@example("it's")
@example("back\\slash\\\\")
@example("\\\\host\\share")
@example("\\")
@example('say "it\'s" \\n')
@example("# no comment")
@example(" spaces ")
def test_python_dotenv_reads_the_value_back(value: str) -> None:
    text = env_text.render(ONE, {"a": {"K": value}})
    assert text.count("\n") == 1
    quoted = env_text.quoted(value)
    # Only what holds one of these may have the shell's own form, which this reader does not know.
    if not set("$`") & set(value) or quoted == f"'{value}'":
        assert dotenv_values(stream=io.StringIO(text)) == {"MCP_A_K": value}


@pytest.mark.proves("R-48")
@given(st.lists(_PRINTABLE, min_size=20, max_size=60))
@settings(max_examples=10, deadline=None)
@example(["it's $HOME `id` \\", "a'b'$", "\\\\$x", '"', "!!", "'", "''$''", "~", "$(id)"])
def test_a_shell_reads_the_values_back(values: list[str]) -> None:
    lines = "".join(f"V={env_text.quoted(value)}\nprintf '%s\\0' \"$V\"\n" for value in values)
    done = subprocess.run(["/bin/sh"], input=lines.encode(), capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == values


def test_uv_reads_the_values_back(tmp_path: Path) -> None:
    values = ["it's $HOME `id` \\", "a'b'$", "\\\\$x", '"', "''$''", "$(id)", "# x", " y ", "é✓\\n"]
    quoted = [f"V{number}={env_text.quoted(one)}\n" for number, one in enumerate(values)]
    (tmp_path / ".env").write_text("".join(quoted))
    show = "import os; print(*(os.environ[f'V{n}'] for n in range(9)), sep='\\0', end='')"
    uv = str(Path(sys.executable).parent / "uv")
    command = [uv, "run", "--no-project", "--python", sys.executable, "--env-file", ".env"]
    done = subprocess.run(
        [*command, "python", "-c", show], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode().split("\0") == values
