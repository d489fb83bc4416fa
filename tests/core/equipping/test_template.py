"""What becomes of a template's placeholders."""

import pytest

from core.rendering.outfits import a_server, an_input, reached, started
from outfitter.core.catalogue import (
    Place,
    RemoteTemplate,
    Server,
    StdioTemplate,
)
from outfitter.core.equipping.template import (
    filled,
    fits_address,
    own_file,
    reference,
    references,
)
from outfitter.core.errors import BadCatalogue


def start(server: Server, *keys: str) -> StdioTemplate:
    template = filled(server, keys, names(server))
    assert isinstance(template, StdioTemplate)
    return template


def reach(server: Server, *keys: str) -> RemoteTemplate:
    template = filled(server, keys, names(server))
    assert isinstance(template, RemoteTemplate)
    return template


def names(server: Server) -> dict[str, str]:
    return {one.key: reference(server.name, one.key) for one in server.inputs}


def test_a_stored_key_becomes_a_reference() -> None:
    server = a_server("a-b", started("-y", "p@1", K="x ${K} y"), an_input("K"))
    assert start(server, "K").env == {"K": "x ${MCP_A_B_K} y"}


def test_a_required_key_that_is_not_stored_is_still_asked_for() -> None:
    server = a_server("a", started("-y", "p@1", K="${K}"), an_input("K"))
    assert references(start(server)) == ("MCP_A_K",)


def test_an_optional_variable_without_a_value_goes() -> None:
    optional = an_input("K", required=False)
    assert start(a_server("a", started("p", K="${K}", L="1"), optional)).env == {"L": "1"}


def test_a_default_stands_in_until_there_is_a_value() -> None:
    server = a_server("a", started("p", K="${K}"), an_input("K", default="ro", secret=False))
    assert start(server).env == {"K": "ro"}
    assert start(server, "K").env == {"K": "${MCP_A_K}"}


def test_an_empty_default_is_a_default() -> None:
    server = a_server("a", started("p", K="${K}"), an_input("K", default="", secret=False))
    assert start(server).env == {"K": ""}


@pytest.mark.parametrize(
    ("args", "left"),
    [
        (("p", "--db", "${K}", "--more"), ("p", "--more")),
        (("p", "--db=${K}"), ("p",)),
        (("p", "--more", "--db=${K}"), ("p", "--more")),
        (("p", "--read-only", "--db=${K}"), ("p", "--read-only")),
        (("p", "--read-only", "${K}"), ("p", "--read-only")),
        (("-y", "${K}"), ("-y",)),
        (("--yes", "${K}"), ("--yes",)),
        (("p", "--stdio", "${K}"), ("p", "--stdio")),
        (("p", "${K}"), ("p",)),
        (("p", "--mode=a", "${K}"), ("p", "--mode=a")),
        (("p", "-s", "a/${K}"), ("p",)),
    ],
    ids=" ".join,
)
def test_an_optional_argument_goes_with_its_flag(
    args: tuple[str, ...], left: tuple[str, ...]
) -> None:
    optional = an_input("K", Place.ARG, required=False)
    assert start(a_server("a", started(*args), optional)).args == left


def test_an_optional_header_without_a_value_goes() -> None:
    server = a_server(
        "a",
        reached("https://a.example.com/mcp", Authorization="Bearer ${K}", Other="1"),
        an_input("K", Place.HEADER, required=False),
    )
    assert reach(server).headers == {"Other": "1"}
    assert reach(server, "K").headers["Authorization"] == "Bearer ${MCP_A_K}"


@pytest.mark.parametrize(
    ("default", "changes", "path"),
    [
        ("./state/token.json", {}, "state/token.json"),
        ("~/.kube/config", {}, None),
        (None, {}, None),
        ("./state", {"format": None}, None),
        ("./state", {"place": Place.ARG}, None),
    ],
)
def test_a_file_of_the_agents_own_lies_in_its_folder(
    default: str | None, changes: dict[str, object], path: str | None
) -> None:
    given = an_input("K", secret=False, default=default)
    assert own_file(given.model_copy(update={"format": "filepath", **changes})) == path


@pytest.mark.proves("R-52")
def test_an_optional_query_field_goes_and_a_part_of_the_path_stays() -> None:
    server = a_server(
        "a",
        reached("https://a.example.com/${P}/mcp?x=${K}&y=1"),
        an_input("K", Place.URL, required=False),
        an_input("P", Place.URL, required=False),
    )
    assert reach(server).url == "https://a.example.com/${MCP_A_P}/mcp?y=1"


@pytest.mark.proves("R-52")
@pytest.mark.parametrize(
    "url",
    [
        "https://${K}/mcp",
        "https://a.example.com${K}/mcp",
        "https://a.example.com:${K}/mcp",
        "${K}/mcp",
        "https://${K}.com/mcp",
        "https://${K}.example.com\\.evil.example/mcp",
    ],
)
def test_a_value_cannot_decide_which_host_is_called(url: str) -> None:
    with pytest.raises(BadCatalogue):
        reach(a_server("a", reached(url), an_input("K", Place.URL)), "K")


@pytest.mark.proves("R-52")
def test_a_value_may_be_a_name_under_a_fixed_domain() -> None:
    server = a_server("a", reached("https://${K}.shop.example/mcp"), an_input("K", Place.URL))
    assert reach(server, "K").url == "https://${MCP_A_K}.shop.example/mcp"
    assert fits_address(server, "K", "my-shop")
    for value in ("evil.example/", "a@b", "x#", "x?", "x\\y", "", "a:1"):
        assert not fits_address(server, "K", value)


@pytest.mark.proves("R-52")
def test_a_default_cannot_move_the_host_either() -> None:
    moved = an_input("K", Place.URL, secret=False, default="evil.example/")
    with pytest.raises(BadCatalogue):
        reach(a_server("a", reached("https://${K}.shop.example/mcp"), moved))


@pytest.mark.proves("R-52")
def test_a_part_of_the_host_cannot_be_left_out() -> None:
    optional = an_input("K", Place.URL, required=False)
    server = a_server("a", reached("https://${K}.shop.example/mcp"), optional)
    assert reach(server, "K").url == "https://${MCP_A_K}.shop.example/mcp"
    with pytest.raises(BadCatalogue):
        reach(server)


@pytest.mark.proves("R-55")
@pytest.mark.parametrize("text", ["${ANTHROPIC_API_KEY}", "${HOME:x}", "a${}b", "${MCP_B_K}"])
def test_a_template_reads_no_variable_but_its_own(text: str) -> None:
    with pytest.raises(BadCatalogue):
        start(a_server("a", started("p", K="${K}", X=text), an_input("K")), "K")


@pytest.mark.proves("R-55")
def test_a_default_reads_no_variable() -> None:
    planted = an_input("K", secret=False, default="${ANTHROPIC_API_KEY}")
    with pytest.raises(BadCatalogue):
        start(a_server("a", started("p", K="${K}"), planted))
