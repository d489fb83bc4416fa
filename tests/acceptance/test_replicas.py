"""Several services behind the real proxy, found by one name."""

import re
from contextlib import ExitStack
from pathlib import Path

import httpx2

from outfitter.cli.database import Urls
from programs.databases import open_folder, plain
from programs.installed import free_port
from programs.processes import serving
from programs.proxies import client_of, in_front
from stand_ins.auth_server import API_KEY, AuthServerStandIn
from stand_ins.name_server import name_server


async def test_replicas_take_turns_and_one_that_leaves_is_not_missed(
    urls: Urls, auth: AuthServerStandIn, tmp_path: Path
) -> None:
    # A name server gives the two as addresses of one name, as Docker's does.
    behind, addresses = free_port(), ["127.0.0.2", "127.0.0.3"]
    settings = {
        "DATABASE_URL": plain(urls.api),
        "SUPABASE_URL": auth.url,
        "SUPABASE_KEY": API_KEY,
        "PORT": str(behind),
    }
    with ExitStack() as ending:
        home = ending.enter_context(open_folder())
        leaving, _ = (
            ending.enter_context(serving(home, HOST=one, **settings))[0] for one in addresses
        )
        resolver = ending.enter_context(name_server("api", addresses))
        where = {"UPSTREAM": "api", "RESOLVER": resolver}
        url = ending.enter_context(in_front("caddy", f"127.0.0.1:{behind}", tmp_path, **where))
        async with client_of(url) as client:
            answers = [await client.get("/healthz") for _ in range(20)]
            counted = [await _counted(f"http://{one}:{behind}") for one in addresses]
            leaving.terminate()
            while leaving.poll() is None:
                answers.append(await client.get("/healthz"))
            answers += [await client.get("/healthz") for _ in range(10)]

    assert {one.status_code for one in answers} == {200}
    assert sum(counted) == 20
    assert min(counted) >= 8


async def _counted(url: str) -> int:
    async with httpx2.AsyncClient(trust_env=False, timeout=20) as client:
        text = (await client.get(f"{url}/metrics")).text
    found = re.search(r'outfitter_requests_total\{.*"/healthz".*} (\S+)', text)
    return int(float(found[1])) if found else 0
