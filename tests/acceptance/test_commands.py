"""The command line as an operator uses it, each command a real process."""

import asyncio
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from importlib import metadata
from pathlib import Path

import httpx2
import pytest

from asking import asking
from outfitter.adapters.ids import new_id
from outfitter.adapters.vault import Keyring
from outfitter.cli.database import Urls
from outfitter.cli.listening import listen
from outfitter.http.app import Manners, build
from programs.databases import as_api, clone, open_folder, plain
from programs.processes import PROGRAM, environment, run_command, serving
from stand_ins.openai_server import openai_server

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that demo and serve share, as on somebody's laptop."""
    with open_folder() as folder:
        yield folder


def _words(told: str) -> str:
    """What a terminal shows, whatever its width and the agent's id."""
    return " ".join(re.sub(r"[│|]|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", " ", told).split())


@pytest.mark.alone
def test_the_demo_makes_an_agent_and_the_second_run_is_quick(home: Path) -> None:
    started = time.perf_counter()
    first = run_command(home, "demo", "--once")
    between = time.perf_counter()
    second = run_command(home, "demo", "--once")
    took = time.perf_counter() - between

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    for said in (first.stdout, second.stdout):
        assert "monitor Gmail for invoices and save them to Notion" in said
        assert "Your agent is ready" in said
        assert '"mcpServers"' in said
    panels = re.findall(r"╭[^\n]*╮\n(.*?)╰", README, re.DOTALL)
    assert len(panels) == 4
    assert [one for one in map(_words, panels) if one not in _words(first.stdout)] == []
    assert " 0 embedded" in second.stdout
    # Where nothing is quick, at least what the first run made is not made again.
    assert took <= max(10, (between - started) / 2)
    bundles = list((home / "data" / "demo").iterdir())
    assert (bundles[0] / "agent.py").exists()


def test_ctrl_c_stops_everything(home: Path) -> None:
    process = subprocess.Popen(
        [PROGRAM, "demo"],
        env=environment(home, PYTHONUNBUFFERED="1"),
        cwd=home,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = iter(process.stdout.readline, "")
    assert any("Ctrl-C stops it" in line for line in said)
    postgres = int((home / "data/pg18/data/postmaster.pid").read_text().split()[0])
    os.kill(postgres, 0)

    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)

    assert process.returncode in {0, 130}
    with pytest.raises(ProcessLookupError):
        os.kill(postgres, 0)


async def test_vectors_of_another_model_stop_the_start_until_they_are_made_anew(
    home: Path, urls: Urls
) -> None:
    with openai_server() as openai:
        settings = {
            "DATABASE_URL": plain(urls.owner),
            "OPENAI_API_KEY": "test",
            "OPENAI_BASE_URL": openai.url,
        }
        refused = await asyncio.to_thread(run_command, home, "serve", **settings)
        loaded = await asyncio.to_thread(run_command, home, "catalogue", "load", **settings)

        assert refused.returncode == 2
        assert "run `outfitter catalogue load` to embed it anew" in refused.stderr
        assert loaded.returncode == 0, loaded.stderr
        with serving(home, **settings) as (_, url):
            assert httpx2.get(f"{url}/readyz", timeout=60, trust_env=False).status_code == 200


def test_a_served_laptop_takes_a_token_of_its_own(home: Path) -> None:
    token = run_command(home, "token").stdout.strip()
    with serving(home) as (process, url):
        headers = {"Authorization": f"Bearer {token}"}
        body = {"message": "tell me the time in Tokyo"}
        answer = httpx2.post(
            f"{url}/api/chat", json=body, headers=headers, timeout=60, trust_env=False
        )
        ready = httpx2.get(f"{url}/readyz", timeout=60, trust_env=False)
        keys = httpx2.get(f"{url}/auth/v1/.well-known/jwks.json", timeout=60, trust_env=False)

    assert answer.status_code == 200, answer.text
    assert answer.json()["analyzer"] == "offline"
    assert ready.json() == {"status": "ready"}
    assert keys.json()["keys"][0]["alg"] == "ES256"
    assert process.returncode == 0


def test_a_start_tells_its_parts_as_they_are_set(home: Path, urls: Urls) -> None:
    settings = {"DATABASE_URL": plain(urls.api), "ANTHROPIC_API_KEY": "unused"}
    # Whoever reads the lines for the address would wait for ever if the start broke.
    with serving(home, **settings, ANTHROPIC_MODEL="[/mine]") as (_, url):
        assert httpx2.get(f"{url}/healthz", timeout=60, trust_env=False).status_code == 200


@pytest.mark.proves("R-29")
def test_newcomer_mode_is_refused_beyond_loopback(home: Path) -> None:
    for settings in ({"HOST": "0.0.0.0"}, {"SUPABASE_URL": "https://x.supabase.co"}):  # noqa: S104
        refused = run_command(home, "token", **settings)
        assert refused.returncode == 2
        assert refused.stdout == ""
        assert len(refused.stderr.strip().splitlines()) == 1
    assert run_command(home, "serve", HOST="0.0.0.0").returncode == 2  # noqa: S104


def test_the_demo_is_refused_before_its_work_where_others_sign_the_tokens(home: Path) -> None:
    refused = run_command(home, "demo", "--once", SUPABASE_URL="https://x.supabase.co")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("SUPABASE_URL is set")


def test_tables_are_not_taken_away_for_whoever_wants_a_catalogue_too(home: Path) -> None:
    away = "postgresql://nobody@127.0.0.1:1/outfitter"
    refused = run_command(home, "migrate", "--down", "--with-catalogue", DATABASE_URL=away)

    assert refused.returncode == 2
    assert "leave out --down or --with-catalogue" in refused.stderr


@pytest.mark.proves("R-42")
def test_a_wrong_setting_is_named_and_never_shown(home: Path) -> None:
    refused = run_command(home, "serve", DB_POOL_SIZE="many-secrets", CREDENTIAL_KEYS="k1:c2VjcmV0")

    assert refused.returncode == 2
    assert "DB_POOL_SIZE" in refused.stderr
    assert "many-secrets" not in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.proves("R-42")
def test_a_start_names_everything_that_is_wrong_with_its_settings_at_once(
    tmp_path: Path,
) -> None:
    wrong = {
        "PORT": "99999",
        "LOG_LEVEL": "loud",
        "DATABASE_URL": "mysql://me:s3cret@host/database",
        "CATALOGUE_DATABASE_URL": "postgresql://me:s3cret@host",
        "SUPABASE_URL": "http://auth.example.org",
        "SUPABASE_JWT_SECRET": "s3cret",
        "CREDENTIAL_KEYS": "k1:s3cret",
    }
    refused = run_command(tmp_path, "serve", **wrong)

    assert (refused.returncode, refused.stdout) == (2, "")
    lines = refused.stderr.strip().splitlines()
    assert [name for name in wrong if any(line.startswith(name) for line in lines)] == list(wrong)
    assert len(lines) == len(wrong)
    assert "s3cret" not in refused.stderr
    assert not list(tmp_path.iterdir()), "nothing was begun"


def test_a_folder_that_cannot_be_had_is_told_in_one_line(home: Path) -> None:
    (home / "a-file").touch()
    refused = run_command(home, "token", DATA_DIR="a-file")

    assert refused.returncode == 1
    assert refused.stderr.strip() == "a-file: File exists"


def test_a_file_of_settings_that_is_no_text_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff")
    refused = run_command(tmp_path, "token")

    assert refused.returncode == 2
    assert refused.stderr.strip() == ".env is not UTF-8: save it as such."


def test_a_name_with_brackets_is_told_as_it_is(home: Path) -> None:
    refused = run_command(home, "catalogue", "load", "[bold]mine")

    assert refused.stderr.strip() == "[bold]mine: not a folder"


def test_a_database_that_is_not_there_is_told_in_one_line(home: Path) -> None:
    away = "postgresql://nobody:pass-word@127.0.0.1:1/outfitter"
    refused = run_command(home, "migrate", DATABASE_URL=away)

    assert refused.returncode == 1
    assert "127.0.0.1:1" in refused.stderr
    assert "pass-word" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


async def test_an_unmigrated_and_an_empty_database_say_what_to_run(
    home: Path, postgres: str, template: str
) -> None:
    async with clone(postgres, template) as url:
        empty = run_command(home, "serve", DATABASE_URL=plain(url))
        assert empty.returncode == 2
        assert "outfitter catalogue load" in empty.stderr

        down = run_command(home, "migrate", "--down", DATABASE_URL=plain(url))
        assert down.returncode == 0, down.stderr
        unmigrated = run_command(home, "serve", DATABASE_URL=plain(url))
        assert unmigrated.returncode == 2
        assert "outfitter migrate" in unmigrated.stderr
        assert "Traceback" not in unmigrated.stderr


async def test_the_owners_commands_work_on_the_owners_database_alone(
    home: Path, postgres: str, template: str
) -> None:
    async with clone(postgres, template) as url:
        own = {"MIGRATION_DATABASE_URL": plain(url), "DATA_DIR": "untouched"}
        migrated = run_command(home, "migrate", "--with-catalogue", **own)
        again = run_command(home, "catalogue", "load", **own)
        served = run_command(home, "doctor", DATABASE_URL=own["MIGRATION_DATABASE_URL"])
        rotated = run_command(home, "keys", "rotate", CREDENTIAL_KEYS=Keyring.new("k1"), **own)

    assert migrated.returncode == 0, migrated.stderr
    assert again.stdout.startswith("0 servers written, "), again.stderr
    assert re.search("ok  catalogue +[0-9]+ servers", served.stdout)
    assert rotated.returncode == 0, rotated.stderr
    assert not (home / "untouched").exists()


@pytest.mark.parametrize(
    "words", [("catalogue", "load"), ("catalogue", "import", "."), ("keys", "rotate")]
)
async def test_the_owners_commands_say_what_a_database_or_a_role_lacks(
    home: Path, postgres: str, template: str, words: tuple[str, ...]
) -> None:
    async with clone(postgres, template) as url:
        entry = {"name": "io.example/notes", "description": "Notes.", "version": "1.0.0"}
        (home / "one.json").write_text(json.dumps(entry), encoding="utf-8")
        as_service = run_command(home, *words, DATABASE_URL=as_api(url))
        down = run_command(home, "migrate", "--down", DATABASE_URL=url)
        without_tables = run_command(home, *words, DATABASE_URL=url)

    assert down.returncode == 0, down.stderr
    for refused, says in (
        (
            as_service,
            "Let MIGRATION_DATABASE_URL name the owner of the tables: only it can do this.",
        ),
        (without_tables, "The database has no tables yet: run `outfitter migrate`."),
    ):
        assert refused.returncode == 2
        assert refused.stderr.strip() == says


def _answering(home: Path, answer: bytes, *words: str, **settings: str) -> tuple[int, str]:
    """How a command ended, and what it said, at a terminal where that is typed."""
    keyboard, terminal = os.openpty()
    process = subprocess.Popen(
        [PROGRAM, *words],
        env=environment(home, **settings),
        cwd=home,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.write(keyboard, answer)
    said = "".join(process.communicate(timeout=60))
    os.close(keyboard)
    os.close(terminal)
    return process.returncode, said


async def test_whoever_sits_at_a_terminal_is_asked_before_every_table_is_dropped(
    home: Path, postgres: str, template: str
) -> None:
    async with clone(postgres, template) as url:
        code, said = _answering(home, b"n\n", "migrate", "--down", DATABASE_URL=url)
        still_there = run_command(home, "serve", DATABASE_URL=url)

    assert code == 1
    assert "Drop every table, with all that users have stored? [y/N]" in said
    assert "The catalogue is empty" in still_there.stderr


async def test_a_folder_of_servers_is_loaded_whole_or_not_at_all(
    home: Path, postgres: str, template: str
) -> None:
    folder = home / "mine"
    folder.mkdir()
    servers = {"servers": [{"name": "Town Crier", "description": "Cries news in the town."}]}
    config = {"mcpServers": {"town-crier": {"command": "npx", "args": ["-y", "crier@1.0.0"]}}}
    needs: dict[str, object] = {"required_tokens": {}, "steps": []}
    info = {"credential_instructions": {"town-crier": needs}}
    for name, document in (("servers", servers), ("config", config), ("credinfo", info)):
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")

    async with clone(postgres, template) as url:
        first = run_command(home, "catalogue", "load", str(folder), DATABASE_URL=plain(url))
        again = run_command(home, "catalogue", "load", str(folder), DATABASE_URL=plain(url))
        assert first.stdout.strip() == "1 server written, 0 unchanged.", first.stderr
        assert again.stdout.strip() == "0 servers written, 1 unchanged.", again.stderr

        (folder / "broken.json").write_text('{"name": 7}', encoding="utf-8")
        refused = run_command(home, "catalogue", "load", str(folder), DATABASE_URL=plain(url))
        assert refused.returncode == 2
        assert "broken.json" in refused.stderr
        assert "name" in refused.stderr


async def test_an_entry_with_a_complaint_is_left_out_unless_forced(
    home: Path, postgres: str, template: str
) -> None:
    folder = home / "doubtful"
    folder.mkdir()
    for name, version in (("crier", "1.0.0"), ("drummer", "latest")):
        package = {
            "registryType": "npm",
            "identifier": name,
            "version": version,
            "transport": {"type": "stdio"},
        }
        own = {"name": f"test/{name}", "title": name, "description": "Is loud.", "version": "1"}
        document = own | {"packages": [package]}
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")

    async with clone(postgres, template) as url:
        some = run_command(home, "catalogue", "load", str(folder), DATABASE_URL=plain(url))
        assert some.returncode == 1, some.stderr
        assert some.stdout.strip() == "1 server written, 0 unchanged."
        assert "drummer: " in some.stderr
        assert "--force" in some.stderr

        forced = run_command(
            home, "catalogue", "load", str(folder), "--force", DATABASE_URL=plain(url)
        )
        assert forced.returncode == 0, forced.stderr
        assert forced.stdout.strip() == "1 server written, 1 unchanged."


async def test_an_answer_leaves_at_once_on_an_event_loop_that_is_not_uvloop() -> None:
    listening = listen("127.0.0.1", 0)
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        own = writer.get_extra_info("socket")
        told.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(answer, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        assert await told == 1
        writer.close()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_a_command_works_where_nobody_reads_or_writes(home: Path, closed: str) -> None:
    command = f"exec {shlex.quote(PROGRAM)} token {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=environment(home),
        cwd=home,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert bool(done.stdout) == (">" not in closed)


def test_no_command_waits_for_what_another_needs() -> None:
    said = "import sys, outfitter.cli; print(*(one for one in sys.modules if 'outfitter' in one))"
    loaded = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )

    rooms = {name for name in loaded.stdout.split() if name.count(".") == 1}
    assert rooms == {"outfitter.cli", "outfitter.core", "outfitter.settings"}
    assert "outfitter.core.catalogue" not in loaded.stdout


@pytest.mark.parametrize(
    "words", [(), ("catalogue",), ("catalogue", "load"), ("keys", "new")], ids=" ".join
)
def test_every_command_explains_itself_by_the_short_option_too(
    words: tuple[str, ...], home: Path
) -> None:
    short, long = (run_command(home, *words, option) for option in ("-h", "--help"))

    assert short.returncode == 0
    assert short.stdout == long.stdout
    assert f"Usage: {' '.join(('outfitter', *words))} [OPTIONS]" in short.stdout


async def test_the_version_is_the_same_wherever_it_is_asked_for(home: Path) -> None:
    said = run_command(home, "--version")
    app = build(new_id, manners=Manners(), lifespan=lambda _app: nullcontext())
    async with asking(app) as client:
        root = (await client.get("/")).json()["version"]

    assert (said.returncode, said.stdout) == (0, f"outfitter {root}\n")
    assert root == app.openapi()["info"]["version"] == metadata.version("outfitter")


def test_fresh_keys_can_be_used(home: Path) -> None:
    made = run_command(home, "keys", "new", "k7").stdout.strip()

    assert re.fullmatch(r"k7:[A-Za-z0-9+/]{43}=", made)


def test_no_two_keys_have_one_name_unless_it_is_given(home: Path) -> None:
    names = {run_command(home, "keys", "new").stdout.partition(":")[0] for _ in range(2)}

    assert len(names) == 2
    assert all(re.fullmatch(r"k-[0-9a-f]{8}", one) for one in names)


@pytest.mark.parametrize("name", ["", "a b", "k:1", "k,1", "k" * 33])
def test_no_key_is_made_whose_id_a_start_would_refuse(home: Path, name: str) -> None:
    refused = run_command(home, "keys", "new", name)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip() == "The id of a key is 1 to 32 letters, digits, - and _."


@pytest.mark.parametrize("address", ["", " ", "a\x01@b.c", f"{'a' * 320}@b.c"])
def test_a_token_is_for_somebody(home: Path, address: str) -> None:
    refused = run_command(home, "token", address)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip() == "Say whom the token is for, such as you@example.com."


def test_a_form_that_is_none_is_refused_before_anything_is_launched(home: Path) -> None:
    refused = run_command(home, "catalogue", "launch", "--form", "xml")

    assert refused.returncode == 2
    assert "Invalid value for '--form'" in refused.stderr


def test_what_a_strangers_file_says_does_not_steer_the_terminal(tmp_path: Path) -> None:
    steering = "\x1b[2J\x1b]0;mine\x07"
    variable = {"name": f"LD_{steering}", "value": "x"}
    named = {"registryType": "npm", "identifier": f"a{steering}", "version": "1.0.0"}
    package = {**named, "environmentVariables": [variable]}
    entry = {"name": "a.b/evil", "description": "Evil", "version": "1", "packages": [package]}
    (tmp_path / "evil.json").write_text(json.dumps(entry))
    checked = run_command(tmp_path, "catalogue", "check", str(tmp_path))
    (tmp_path / "evil.json").write_text(json.dumps(entry | {"_meta": {steering: 1}, "version": 2}))
    refused = run_command(tmp_path, "catalogue", "check", str(tmp_path))
    absent = run_command(tmp_path, "catalogue", "check", f"{tmp_path}/{steering}")

    assert "is not the name of a package" in checked.stdout
    for done in (checked, refused, absent):
        assert done.returncode
        assert not {"\x1b", "\x07"} & set(done.stdout + done.stderr)
