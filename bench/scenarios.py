"""What is tried: each scenario gives its figures, for one round."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path
from statistics import median
from uuid import NAMESPACE_DNS, uuid4, uuid5

from api import Person
from bench import stage
from bench.clients import Call, Client, Load, drive, while_under_way
from bench.script import Script
from bench.stage import Running, Stage
from programs.databases import plain, run

MESSAGES = [stage.ONE, stage.TEN, "tell me the time in Tokyo and post it to Slack", stage.ONE]
_PAGE, _SESSIONS = 10, 1_000


async def thinking(
    setting: Stage, server: Running, users: list[Person], *, delay: float, times: int
) -> tuple[Load, Load]:
    """The clients' turns while the model takes so long, and what GET / meets meanwhile."""
    setting.model.thinks(delay)
    calls = stage.chats(users, MESSAGES)
    over = asyncio.Event()
    watching = asyncio.create_task(
        while_under_way(server.url, Call.get("/", {}), over.is_set, 0.02)
    )
    turns = await drive(server.url, calls, times=times, apart=delay / len(calls))
    over.set()
    setting.model.thinks(0.0)
    return turns, await watching


async def crowd(setting: Stage, server: Running, users: list[Person]) -> Load:
    """200 clients at the same moment, twice each, with a model that takes two seconds."""
    setting.model.thinks(2.0)
    load = await drive(server.url, stage.chats(users, MESSAGES) * 10, times=2)
    setting.model.thinks(0.0)
    return load


async def busy(server: Running, calls: list[list[Call]], times: int) -> tuple[Load, float]:
    """Clients that never wait, and the milliseconds of processor time a turn takes the server."""
    before = server.cpu
    load = await drive(server.url, calls, times=times)
    return load, 1000 * (server.cpu - before) / len(load.times)


def strangers(number: int) -> list[list[Call]]:
    """Calls for the limits app, which believes everybody."""
    body = {"message": stage.ONE}
    return [[Call.post("/api/chat", {}, {**body, "user": str(uuid4())})] for _ in range(number)]


def raw_rate(setting: Stage, script: Path, clients: int, seconds: float) -> float:
    """Turns a second of the SQL alone."""
    given = {"DATABASE_URL": plain(setting.urls.api), "PYTHONPATH": str(stage.ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.raw", str(script), str(clients), str(seconds)],
        env={**os.environ, **given},
        capture_output=True,
        check=True,
    )
    return float(json.loads(done.stdout)["rate"])


async def held(setting: Stage, server: Running, user: Person) -> float:
    """How many database connections are out while the model thinks."""
    setting.model.thinks(1.0)
    chat = asyncio.create_task(drive(server.url, stage.chats([user], MESSAGES), times=1))
    await asyncio.sleep(0.6)
    client = await Client.to(server.url)
    _, told = await client.ask(Call.get("/metrics", {}))
    await client.close()
    await chat
    setting.model.thinks(0.0)
    found = re.search(rb"(?m)^outfitter_database_connections_in_use (\S+)", told)
    return float(found[1]) if found else float("nan")


async def paging(server: Running, few: Person, many: Person) -> dict[str, float]:
    """The milliseconds that pages of history take: of a short one, and of a long one's ends."""
    path = f"/api/chat/history?limit={_PAGE}&offset="
    calls = {
        "short": Call.get(f"{path}0", few.headers),
        "first": Call.get(f"{path}0", many.headers),
        "last": Call.get(f"{path}{_SESSIONS - _PAGE}", many.headers),
    }
    client = await Client.to(server.url)
    times: dict[str, list[float]] = {name: [] for name in calls}
    for name in list(calls) * 40:
        started = time.perf_counter()
        status, body = await client.ask(calls[name])
        times[name].append(1000 * (time.perf_counter() - started))
        if status != HTTPStatus.OK or len(json.loads(body)["sessions"]) != _PAGE:
            raise RuntimeError(f"history answered {status}: {body[:200]!r}")
    await client.close()
    return {name: median(own) for name, own in times.items()}


async def readers(setting: Stage, server: Running) -> tuple[Person, Person]:
    """Two users, one with a page of sessions with ten messages each, one with 10,000 messages."""
    few, many = await stage.people(setting, server.url, 2, "reader")
    for one, sessions in ((few, _PAGE), (many, _SESSIONS)):
        user = uuid5(NAMESPACE_DNS, one.email)
        await run(
            setting.urls.owner,
            f"INSERT INTO auth.users (id, email) VALUES ('{user}', '{one.email}') "
            "ON CONFLICT DO NOTHING",
            f"""
            WITH opened AS (
                INSERT INTO sessions (id, user_id, title, created_at)
                SELECT gen_random_uuid(), '{user}', 'talk', now() - n * interval '1 minute'
                FROM generate_series(1, {sessions}) AS n RETURNING id, user_id, created_at)
            INSERT INTO chat_messages (id, session_id, user_id, message, role, created_at)
            SELECT gen_random_uuid(), id, user_id, 'one of ten', 'user', created_at
            FROM opened, generate_series(1, 10)
            """,
        )
    return few, many


async def tidied(setting: Stage) -> None:
    """Let the database look at its tables, as its autovacuum would, which is off on the stage.

    Plans that were made for empty tables would be used to the end.
    """
    await run(setting.urls.owner, "VACUUM ANALYZE")


async def soak(server: Running, users: list[Person], turns: int) -> float:
    """The share by which the server's memory grows over so many turns, a tenth of them first."""
    calls = stage.chats(users, MESSAGES)
    for _ in range(turns // 10 // len(users) // 10 or 1):
        await drive(server.url, calls, times=10)
    before = server.memory
    for _ in range(turns // len(users) // 10 or 1):
        await drive(server.url, calls, times=10)
    return server.memory / before - 1


def starting(setting: Stage) -> tuple[float, float]:
    """The seconds until a new process is ready, and the processor time in them."""
    started = time.perf_counter()
    with stage.service(setting) as server:
        return time.perf_counter() - started, server.cpu


def statements(script: Script) -> int:
    """How many a turn makes, BEGIN and COMMIT apart."""
    return sum(map(len, script.transactions))
