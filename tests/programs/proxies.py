"""The real proxies with the configurations of `deploy/`, if this machine has them."""

import getpass
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx2

from programs.installed import free_port, required
from waiting import SECONDS, until

DEPLOY = Path(__file__).parents[2] / "deploy"
NAMES = ("caddy", "nginx")


@contextmanager
def in_front(
    name: str, behind: str, home: Path, *, without: str = "", **where: str
) -> Iterator[str]:
    """The address of a proxy that passes requests on to host and port `behind`.

    `without` is a line left out of its configuration, `where` what it is told beside that.
    """
    port = free_port()
    command = _caddy(home, without) if name == "caddy" else _nginx(port, behind, home, without)
    host, _, upstream_port = behind.rpartition(":")
    given = {"UPSTREAM": host, "UPSTREAM_PORT": upstream_port, **where}
    values = environment(home, SITE_ADDRESS=f":{port}", **given)
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(command, env=values, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(SECONDS)


def environment(home: Path, **given: str) -> dict[str, str]:
    """What a proxy is told, with a home of its own."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home), **given}


@asynccontextmanager
async def client_of(url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a proxy that answers."""
    async with httpx2.AsyncClient(base_url=url, timeout=SECONDS, trust_env=False) as client:

        async def answers() -> bool:
            with suppress(httpx2.ConnectError):
                await client.get("/")
                return True
            return False

        await until(answers)
        yield client


def _caddy(home: Path, without: str) -> list[str]:
    config = home / "Caddyfile"
    config.write_text(_read("Caddyfile", {without: ""} if without else {}), encoding="utf-8")
    return [required("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"]


def _nginx(port: int, behind: str, home: Path, without: str) -> list[str]:
    changes = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "server 127.0.0.1:8000;": f"server {behind};",
    }
    site = _read("nginx.conf", changes | ({without: ""} if without else {}))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {home}/{kind};\n" for kind in kinds)
    config = home / "nginx.conf"
    config.write_text(
        f"user {getpass.getuser()};\npid {home}/pid;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{places}{site}}}\n",
        encoding="utf-8",
    )
    told = ("-p", str(home), "-c", str(config), "-e", "stderr", "-g", "daemon off;")
    return [required("nginx"), *told]


def _read(name: str, changes: dict[str, str]) -> str:
    """A configuration with lines replaced that must be there."""
    text = (DEPLOY / name).read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text
