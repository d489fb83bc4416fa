"""`outfitter doctor` on a machine with a wrong clock, or a wrong word for who signs its tokens."""

import os
from pathlib import Path

import pytest

from outfitter.adapters.vault import Keyring
from outfitter.cli.database import Urls
from programs.databases import plain
from programs.doctor import examined
from stand_ins.auth_server import API_KEY, DISCOVERY_PATH, AuthServerStandIn, Fault

_WRONG_CLOCK = "import time\nright = time.time\ntime.time = lambda: right() + ({seconds})\n"


def supabase(auth: AuthServerStandIn) -> dict[str, str]:
    """The settings of a service that believes the auth server."""
    keys = Keyring.new("k1")
    return {"SUPABASE_URL": auth.url, "SUPABASE_KEY": API_KEY, "CREDENTIAL_KEYS": keys}


def machine(folder: Path, seconds: int) -> dict[str, str]:
    """What gives processes a clock that is so many seconds ahead."""
    (folder / "sitecustomize.py").write_text(_WRONG_CLOCK.format(seconds=seconds))
    paths = [str(folder), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@pytest.mark.parametrize(("seconds", "side"), [(3600, "ahead of"), (-3600, "behind")])
async def test_a_clock_that_is_not_the_auth_servers_nor_the_databases_is_told(
    home: Path, urls: Urls, auth: AuthServerStandIn, tmp_path: Path, seconds: int, side: str
) -> None:
    settings = {"DATABASE_URL": plain(urls.api), **supabase(auth)}
    code, _, wrong = await examined(home, **settings, **machine(tmp_path, seconds))

    assert (code, set(wrong)) == (1, {"database", "sign-in"})
    assert f" seconds {side} that of the database, " in wrong["database"]
    assert f" seconds {side} that of {auth.url}, " in wrong["sign-in"]


async def test_a_clock_that_is_off_by_less_than_what_tokens_allow_is_fit(
    home: Path, auth: AuthServerStandIn, tmp_path: Path
) -> None:
    code, _, wrong = await examined(home, **supabase(auth), **machine(tmp_path, 5))

    assert (code, wrong) == (0, {})


@pytest.mark.parametrize("date", ["yesterday", ""])
async def test_an_auth_server_without_a_clock_is_none_to_be_judged_by(
    home: Path, auth: AuthServerStandIn, tmp_path: Path, date: str
) -> None:
    auth.date = date
    code, _, wrong = await examined(home, **supabase(auth), **machine(tmp_path, 3600))

    assert (code, wrong) == (0, {})


async def test_tokens_that_would_all_be_refused_for_their_issuer_are_told(
    home: Path, auth: AuthServerStandIn
) -> None:
    settings = supabase(auth)
    _, _, wrong = await examined(home, **settings, SUPABASE_ISSUER="https://auth.example.org")
    auth.issuer = "https://auth.example.org"
    code, _, unset = await examined(home, **settings)
    _, fit, _ = await examined(home, **settings, SUPABASE_ISSUER=auth.issuer)

    assert wrong["sign-in"].startswith(f"{auth.url} signs as {auth.url}/auth/v1, ")
    assert code == 1
    assert "set SUPABASE_ISSUER to the first" in unset["sign-in"]
    assert "sign-in" in fit


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=404, body=b'{"issuer": "https://other.example.org"}'),
        Fault(body=b"[]"),
        Fault(body=b'{"issuer": "https://a\\u001b[31m.example.org"}'),
        Fault(hang_up=True),
    ],
)
async def test_an_auth_server_that_does_not_tell_its_name_is_believed(
    home: Path, auth: AuthServerStandIn, fault: Fault
) -> None:
    auth.faults[DISCOVERY_PATH] = fault
    code, _, wrong = await examined(home, **supabase(auth))

    assert (code, wrong) == (0, {})
