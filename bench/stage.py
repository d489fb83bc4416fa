"""What is measured: a database with the catalogue, stand-ins beside it, and servers on top."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2

from api import KEYS, Api, Person, running_api
from bench.clients import Call
from bench.model import Model
from bench.script import Script, recorded
from outfitter.adapters.files import catalogue_files
from outfitter.cli.database import Urls
from outfitter.core.words.text import clauses
from programs.databases import (
    as_api,
    clone,
    open_folder,
    plain,
    run,
    running_server,
    stocked_template,
)
from stand_ins.auth_server import API_KEY, AuthServerStandIn
from stand_ins.claude_server import ClaudeStandIn

ROOT = Path(__file__).parents[1]
ONE = "monitor Gmail for invoices and save them to Notion"
TEN = (
    "remember it, fetch a web page, tell the time, read files, use GitHub, Slack, Notion, "
    "Gmail, Airtable, Stripe, Linear and Sentry"
)
_TICKS = os.sysconf("SC_CLK_TCK")
# On, and never reached.
_QUOTAS = {"turns_per_minute": "5000", "turns_per_day": "5000"}


@dataclass(frozen=True)
class Stage:
    """The outside of the servers."""

    urls: Urls
    auth: AuthServerStandIn
    model: Model
    home: Path

    @property
    def settings(self) -> dict[str, str]:
        """The service with everything switched on."""
        return {
            "database_url": self.urls.api,
            "supabase_url": self.auth.url,
            "supabase_key": API_KEY,
            "credential_keys": KEYS,
            "anthropic_api_key": "test",
            "anthropic_base_url": self.model.url,
            **_QUOTAS,
        }


@dataclass(frozen=True)
class Running:
    """A server process."""

    pid: int
    url: str

    @property
    def cpu(self) -> float:
        """The seconds of processor time it has used, its own and the system's for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """The MiB of memory it holds."""
        held = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(held[1]) / 1024 if held else 0.0


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A stage that goes away; DATABASE_URL may name a server, else the embedded one runs."""
    with running_server() as server, open_folder() as home:
        async with (
            stocked_template(server, catalogue_files.builtin()) as template,
            clone(server, template) as owner,
        ):
            await run(owner, "ANALYZE")
            with AuthServerStandIn() as auth, _model(home) as model:
                yield Stage(Urls(as_api(owner), owner), auth, model, home)


async def script_of(stage: Stage, message: str) -> Script:
    """What the service says to the database and to Claude in a turn, once it is warm."""
    given = {name: value for name, value in stage.settings.items() if name != "database_url"}
    with ClaudeStandIn() as claude:
        given["anthropic_base_url"] = claude.url
        async with running_api(stage.auth, stage.urls, **given) as api:
            person = await api.person("script@example.com")
            await person.chat(message)
            with recorded() as transactions:
                await person.chat(message)
    user = next(one for one in transactions[0][0][1] if one.startswith("turns "))
    whose = user.removeprefix("turns ")
    return Script(transactions, whose, clauses(message), claude.seen[-1])


@contextmanager
def service(stage: Stage) -> Iterator[Running]:
    """The service in a process of its own."""
    given = {name.upper(): value for name, value in stage.settings.items()}
    words = [str(Path(sys.executable).with_name("outfitter")), "serve"]
    home = {"DATA_DIR": str(stage.home / "data"), "PORT": "0", "COLUMNS": "120"}
    with _process(words, given | home, r"listening: (\S+)", stage.home) as running:
        yield running


@contextmanager
def limits(stage: Stage, script: Path, *, embeds: bool = False) -> Iterator[Running]:
    """The limits app in a process of its own, with the service's settings of uvicorn."""
    words = [sys.executable, "-m", "uvicorn", "--factory", "bench.limits_app:app", "--port", "0"]
    words += ["--no-access-log", "--no-server-header"]
    given = {"BENCH_SCRIPT": str(script), "ANTHROPIC_BASE_URL": stage.model.url}
    given |= {"DATABASE_URL": plain(stage.urls.api), "PYTHONPATH": str(ROOT)}
    given |= {"BENCH_EMBEDS": "yes" if embeds else ""}
    with _process(words, given, r"running on (\S+)", stage.home) as running:
        yield running


@contextmanager
def _model(home: Path) -> Iterator[Model]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    words = [sys.executable, "-m", "bench.model"]
    with _process(words, {"PYTHONPATH": paths}, r"listening: (\S+)", home) as running:
        yield Model(running.url)


async def people(stage: Stage, url: str, number: int, name: str = "user") -> list[Person]:
    """Users who are signed in."""
    async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=60) as client:
        api = Api(url, stage.auth, client)
        return [await api.person(f"{name}{at}@example.com") for at in range(number)]


def chats(some: list[Person], messages: list[str]) -> list[list[Call]]:
    """For each person the messages as calls, each person beginning with another one."""
    return [
        [
            Call.post("/api/chat", one.headers, {"message": message})
            for message in messages[at:] + messages[:at]
        ]
        for at, one in enumerate(some)
    ]


@contextmanager
def _process(
    words: list[str], settings: Mapping[str, str], says: str, home: Path
) -> Iterator[Running]:
    process = subprocess.Popen(
        words, env={**os.environ, **settings}, cwd=home, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said: list[str] = []
    try:
        for line in iter(process.stderr.readline, ""):
            said.append(line)
            if found := re.search(says, line):
                break
        else:
            raise RuntimeError(f"it did not start: {''.join(said)}")
        # Nobody reads its log any more, so it must not wait for a reader.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        _wait_until_ready(found[1])
        yield Running(process.pid, found[1])
    finally:
        process.terminate()
        process.wait(40)
        process.stderr.close()


def _wait_until_ready(url: str) -> None:
    for _ in range(3000):
        with suppress(httpx2.TransportError):
            # Those without such a page are ready when they say where they listen.
            if httpx2.get(f"{url}/readyz", trust_env=False).status_code in {200, 404}:
                return
        time.sleep(0.01)
    raise RuntimeError("it did not get ready")
