"""`outfitter doctor` as an operator runs it: each a real process, on real parts."""

import asyncio
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from outfitter import __version__
from outfitter.adapters.vault import Keyring
from outfitter.cli.database import Urls
from programs.databases import clone, named, open_folder, plain, run
from programs.doctor import examined
from programs.processes import run_command, serving
from stand_ins.auth_server import API_KEY, AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn, Mode
from stand_ins.collector import collector
from stand_ins.openai_server import openai_server

SEALED = (
    "INSERT INTO auth.users (id) VALUES ('{user}')",
    (
        "INSERT INTO credentials (user_id, server, key, sealed, key_id)"
        " VALUES ('{user}', 'notion', 'NOTION_TOKEN', 'v1.k1.sealed', 'k1')"
    ),
)
AWAY = "postgresql://outfitter_api:pass-word@127.0.0.1:1/outfitter"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder without a `.env`."""
    with open_folder() as folder:
        yield folder


async def test_a_laptop_without_settings_is_fit_and_stays_untouched(home: Path) -> None:
    code, fit, wrong = await examined(home)

    assert (code, wrong) == (0, {})
    assert "Newcomer mode" in fit["sign-in"]
    assert " GiB free)" in fit["database"]
    assert not (home / "data").exists()


async def test_a_deployment_in_order_is_fit_in_every_part(
    home: Path, urls: Urls, auth: AuthServerStandIn
) -> None:
    with ClaudeStandIn() as claude:
        code, fit, wrong = await examined(
            home,
            DATABASE_URL=plain(urls.api),
            MIGRATION_DATABASE_URL=plain(urls.owner),
            SUPABASE_URL=auth.url,
            SUPABASE_KEY=API_KEY,
            CREDENTIAL_KEYS=Keyring.new("k7"),
            ANTHROPIC_API_KEY="sk-host-key",
            ANTHROPIC_BASE_URL=claude.url,
            MODEL_TIMEOUT="60",
            MODEL_DEADLINE="90",
            HOST="0.0.0.0",  # noqa: S104 - Supabase signs the tokens
        )

    assert (code, wrong) == (0, {})
    assert fit["roles"].startswith("outfitter_api ")
    assert fit["sign-in"] == f"{auth.url} publishes its keys (1)."
    assert "k7" in fit["credentials"]
    assert len(claude.seen) == 1
    assert list(fit) == [
        *("address", "database", "roles", "catalogue", "connections", "owner", "seals"),
        *("sign-in", "credentials", "analyzer", "embeddings"),
    ]


async def test_a_terminal_that_lacks_a_character_is_shown_the_rest(home: Path) -> None:
    _, fit, _ = await examined(home, PYTHONIOENCODING="ascii", DATA_DIR=str(home / "datén"))

    assert "/dat?n/credential-keys" in fit["credentials"]


async def test_a_port_that_something_else_has_is_told(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, _, wrong = await examined(home, PORT=str(port))

    said = "Address already in use; end what listens there, or set PORT."
    assert (code, wrong) == (1, {"address": f"Cannot listen on 127.0.0.1:{port}: {said}"})


async def test_the_service_itself_is_no_stranger_on_its_port(home: Path, urls: Urls) -> None:
    settings = {"DATABASE_URL": plain(urls.api), "ALLOWED_HOSTS": '["api.example.org"]'}
    with serving(home, **settings) as (_, url):
        code, fit, wrong = await examined(home, **settings, PORT=url.rpartition(":")[2])

    assert (code, wrong) == (0, {})
    assert fit["address"].endswith(f"; Outfitter {__version__} listens there already.")


async def test_an_embedded_database_in_use_is_told_with_its_process(home: Path) -> None:
    with serving(home) as (process, _):
        code, fit, wrong = await examined(home)

    assert (code, wrong) == (0, {})
    assert fit["database"].endswith(f", in use by process {process.pid}.")


async def test_a_host_that_is_not_this_machines_is_told(
    home: Path, auth: AuthServerStandIn
) -> None:
    _, _, wrong = await examined(home, SUPABASE_URL=auth.url, HOST="203.0.113.9")

    assert wrong["address"].endswith("; set HOST to an address of this machine.")


async def test_a_name_that_is_nearly_a_settings_is_told(tmp_path: Path) -> None:
    lines = ("DATABASE_URI=postgresql://me:hunter2@db/app", "POSTGRES_PASSWORD=x", "PUBLISH=80")
    (tmp_path / ".env").write_text("\n".join(lines))

    code, _, wrong = await examined(tmp_path)

    said = ".env sets DATABASE_URI, which is no setting: DATABASE_URL is one."
    assert (code, wrong) == (1, {"settings": said})


async def test_wrong_settings_are_all_told_at_once_and_never_shown(home: Path) -> None:
    done = await asyncio.to_thread(
        run_command,
        home,
        "doctor",
        DB_POOL_SIZE="s3cret-one",
        CORS_ORIGINS="s3cret-two",
        LOG_LEVEL="s3cret-three",
        DATABASE_URL="s3cret-four",
        CREDENTIAL_KEYS="s3cret-five",
    )

    assert done.returncode == 1
    assert [re.findall(r"[A-Z_]{5,}", line)[:1] for line in done.stdout.splitlines()] == [
        ["DB_POOL_SIZE"],
        ["CORS_ORIGINS"],
        ["LOG_LEVEL"],
        ["DATABASE_URL"],
        ["CREDENTIAL_KEYS"],
    ]
    assert "s3cret" not in done.stdout + done.stderr
    assert "Value error" not in done.stdout


@pytest.mark.parametrize(
    ("given", "is_fit"),
    [
        ("10.0.0.1, ::1,10.57.80.0/24", True),
        ("proxy", False),
        ("10.57.80.1/24", False),
        ("10.0.0.1,", False),
    ],
)
async def test_a_proxy_that_could_never_be_met_is_told(
    home: Path, given: str, *, is_fit: bool
) -> None:
    _, _, wrong = await examined(home, FORWARDED_ALLOW_IPS=given)

    said = "FORWARDED_ALLOW_IPS: must be addresses or CIDRs with commas between, or *"
    assert wrong == ({} if is_fit else {"settings": said})


async def test_a_service_that_believes_everybody_where_they_come_from_is_told(home: Path) -> None:
    code, _, wrong = await examined(home, FORWARDED_ALLOW_IPS="*")

    assert (code, set(wrong)) == (1, {"settings"})
    assert wrong["settings"].startswith("FORWARDED_ALLOW_IPS believes everybody, ")


async def test_everything_that_is_away_or_refused_is_told_at_once(
    home: Path,
) -> None:
    with ClaudeStandIn("unauthorized") as claude, openai_server() as openai:
        openai.statuses = [401]
        code, fit, wrong = await examined(
            home,
            DATABASE_URL=AWAY,
            SUPABASE_URL="http://127.0.0.1:1",
            SUPABASE_KEY=API_KEY,
            CREDENTIAL_KEYS="k1:c2hvcnQ=",
            ANTHROPIC_API_KEY="sk-host-key",
            ANTHROPIC_BASE_URL=claude.url,
            OPENAI_API_KEY="sk-other-key",
            OPENAI_BASE_URL=openai.url,
        )

    assert code == 1
    assert list(fit) == ["address"]
    assert "127.0.0.1:1 does not answer: start it, or correct its URL" in wrong["database"]
    assert "correct SUPABASE_URL" in wrong["sign-in"]
    assert "k1 must be 32 bytes" in wrong["credentials"]
    assert "ANTHROPIC_API_KEY is refused" in wrong["analyzer"]
    assert "Correct OPENAI_API_KEY or OPENAI_BASE_URL" in wrong["embeddings"]
    said = " ".join(wrong.values())
    assert not any(secret in said for secret in ("pass-word", "sk-host-key", "sk-other-key"))


@pytest.mark.parametrize(
    ("given", "part", "says"),
    [
        ({"HOST": "0.0.0.0"}, "address", "set SUPABASE_URL, or HOST=127.0.0.1"),  # noqa: S104
        ({"SUPABASE_URL": "auth"}, "sign-in", "Set SUPABASE_KEY"),
        ({"SUPABASE_URL": "auth"}, "credentials", "outfitter keys new"),
    ],
)
async def test_what_is_missing_is_named(
    home: Path, auth: AuthServerStandIn, given: dict[str, str], part: str, says: str
) -> None:
    settings = {name: auth.url if value == "auth" else value for name, value in given.items()}
    code, _, wrong = await examined(home, **settings)

    assert code == 1
    assert says in wrong[part]


async def test_a_key_that_the_auth_server_refuses_is_told(
    home: Path, auth: AuthServerStandIn
) -> None:
    settings = {"SUPABASE_URL": auth.url, "CREDENTIAL_KEYS": Keyring.new("k1")}
    code, _, wrong = await examined(home, **settings, SUPABASE_KEY="sb_publishable_other")

    said = f"{auth.url} refuses SUPABASE_KEY: take the publishable (anon) key of this project."
    assert (code, wrong) == (1, {"sign-in": said})


async def test_a_project_without_published_keys_is_told_to_move(
    home: Path, auth: AuthServerStandIn
) -> None:
    auth.keys = {"keys": []}
    settings = {"SUPABASE_URL": auth.url, "SUPABASE_KEY": API_KEY}
    settings["CREDENTIAL_KEYS"] = Keyring.new("k1")
    _, _, wrong = await examined(home, **settings)
    _, fit, short = await examined(home, **settings, SUPABASE_JWT_SECRET="short")

    assert "publishes no keys" in wrong["sign-in"]
    assert "at least 32 characters" in short["sign-in"]
    assert "credentials" in fit


async def test_each_state_of_a_database_has_its_own_mending(
    home: Path, postgres: str, template: str, urls: Urls
) -> None:
    with openai_server() as openai:
        settings = {"OPENAI_API_KEY": "sk-other-key", "OPENAI_BASE_URL": openai.url}
        _, _, other = await examined(home, DATABASE_URL=plain(urls.api), **settings)
    _, _, above = await examined(home, DATABASE_URL=plain(urls.owner))
    async with clone(postgres, template) as url:
        _, _, empty = await examined(home, DATABASE_URL=plain(url))
        await run(url, "UPDATE alembic_version SET version_num = '0001'")
        _, fit, old = await examined(home, DATABASE_URL=plain(url))
    gone = plain(named(postgres, "no_such_database"))
    _, _, none = await examined(home, DATABASE_URL=gone)

    assert "embed it anew" in other["catalogue"]
    assert above == {"roles": above["roles"]}
    assert "let DATABASE_URL name outfitter_api" in above["roles"]
    assert "outfitter catalogue load" in empty["catalogue"]
    assert "run `outfitter migrate`" in old["database"]
    assert "roles" not in fit
    assert "create it first" in none["database"]


async def test_the_parts_beside_the_database_have_their_own_mending(home: Path, urls: Urls) -> None:
    settings = {"DATABASE_URL": plain(urls.api), "MIGRATION_DATABASE_URL": AWAY}
    code, _, away = await examined(home, **settings, CATALOGUE_DATABASE_URL=AWAY)
    settings = {
        "CATALOGUE_DATABASE_URL": plain(urls.api),
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://anna:pass-word@127.0.0.1:1/v1?key=pass-word",
    }
    _, fit, untaken = await examined(home, **settings)
    with collector() as (endpoint, came):
        _, taken, _ = await examined(home, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)

    assert code == 1
    assert set(away) == {"owner", "replica"}
    assert "127.0.0.1:1 does not answer: start it, or correct its URL" in away["owner"]
    assert "correct CATALOGUE_DATABASE_URL" in away["replica"]
    assert not any("pass-word" in one for one in away.values())
    assert fit["replica"] == "Reached, but follows no other server."
    assert untaken["tracing"].startswith("http://127.0.0.1:1 takes no spans: start the collector")
    assert not any("pass-word" in one for one in untaken.values())
    assert taken["tracing"] == f"Spans go to {endpoint}."
    assert came == [b""]


async def test_settings_of_an_auth_server_without_an_address_are_told(home: Path) -> None:
    code, _, wrong = await examined(home, SUPABASE_KEY=API_KEY)

    assert code == 1
    assert "SUPABASE_KEY has no effect without SUPABASE_URL" in wrong["sign-in"]
    assert API_KEY not in wrong["sign-in"]


async def test_an_owner_of_another_database_than_the_services_is_told(
    home: Path, urls: Urls, postgres: str, template: str
) -> None:
    async with clone(postgres, template) as other:
        settings = {
            "DATABASE_URL": plain(urls.api),
            "MIGRATION_DATABASE_URL": plain(other),
        }
        _, _, wrong = await examined(home, **settings)

    assert "another database than DATABASE_URL" in wrong["owner"]


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("bad_request", "correct ANTHROPIC_MODEL"),
        ("error", "try later, or correct ANTHROPIC_BASE_URL"),
    ],
)
async def test_a_model_that_does_not_answer_is_told_apart_from_one_that_is_not_there(
    home: Path, mode: Mode, says: str
) -> None:
    with ClaudeStandIn(mode) as claude:
        settings = {"ANTHROPIC_API_KEY": "sk-host-key", "ANTHROPIC_BASE_URL": claude.url}
        code, _, wrong = await examined(home, **settings)

    assert code == 1
    assert says in wrong["analyzer"]


async def test_a_key_that_seals_something_and_is_not_set_is_named(home: Path, urls: Urls) -> None:
    user = uuid4()
    await run(urls.owner, *(one.format(user=user) for one in SEALED))
    owner = {"MIGRATION_DATABASE_URL": plain(urls.owner)}
    _, _, wrong = await examined(home, **owner, CREDENTIAL_KEYS=Keyring.new("k2"))

    assert wrong["seals"] == "Keys that seal credentials are not set: k1."


async def test_a_place_without_room_for_data_is_told(home: Path) -> None:
    (home / "a-file").touch()
    _, _, wrong = await examined(home, DATA_DIR="a-file/data")

    assert set(wrong) == {"database", "sign-in", "credentials"}
    assert "a-file is no folder to write in: let DATA_DIR name one." in wrong["database"]


async def test_what_only_root_can_know_is_told_as_such(home: Path) -> None:
    _, fit, _ = await examined(home)

    for part in ("database", "sign-in", "credentials"):
        assert fit[part].endswith(", if root runs it.") is (os.geteuid() == 0)


async def test_a_file_of_settings_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff")
    _, _, wrong = await examined(tmp_path)

    assert wrong == {"settings": ".env is not UTF-8: save it as such."}


async def test_key_files_that_others_can_read_are_told_with_the_command(home: Path) -> None:
    data = home / "data"
    data.mkdir(exist_ok=True)
    keys = {"credentials": data / "credential-keys", "sign-in": data / "newcomer-key.pem"}
    for path in keys.values():
        path.write_text(Keyring.new("local"))
        path.chmod(0o644)
    _, _, wrong = await examined(home)
    for path in keys.values():
        path.unlink()

    for part, path in keys.items():
        assert wrong[part].endswith(f"chmod 600 {path}")
