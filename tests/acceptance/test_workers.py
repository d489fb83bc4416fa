"""One service of several processes: one port, one set of counters, one end."""

import asyncio
import json
import math
import os
import re
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import httpx2
import pytest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.parser import text_string_to_metric_families

from outfitter.cli.database import Urls
from programs.databases import open_folder, plain
from programs.processes import serving
from stand_ins.auth_server import API_KEY, AuthServerStandIn
from waiting import SECONDS, until

_SAMPLE = "outfitter_requests_total"


@dataclass(frozen=True)
class Crowd:
    """A service of two workers."""

    parent: Popen[str]
    url: str
    home: Path

    def workers(self) -> set[int]:
        """The processes whose gauges are shown."""
        return {int(one.stem.rpartition("_")[2]) for one in self._files("gauge_livesum_*.db")}

    def counted_by(self, worker: int) -> float:
        """How many requests one worker has answered."""
        files = [str(one) for one in self._files(f"counter_{worker}.db")]
        found = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        samples = [one for metric in found for one in metric.samples]
        return float(sum(one.value for one in samples if one.name == _SAMPLE))

    def folders(self) -> list[Path]:
        """Where services count, or counted until they were killed."""
        return list(self.home.glob("outfitter-metrics-*"))

    def _files(self, pattern: str) -> list[Path]:
        return [file for folder in self.folders() for file in folder.glob(pattern)]

    async def get(self, path: str) -> httpx2.Response:
        """An answer on a connection of its own, from whichever worker takes it."""
        async with httpx2.AsyncClient(base_url=self.url, trust_env=False, timeout=60) as client:
            return await client.get(path, headers={"Connection": "close"})

    async def metrics(self) -> dict[str, float]:
        """Every sample whose labels say nothing of a process, by name and label values."""
        text = (await self.get("/metrics")).text
        return {
            " ".join([one.name, *one.labels.values()]): one.value
            for family in text_string_to_metric_families(text)
            for one in family.samples
        }


@pytest.fixture
async def crowd(urls: Urls, auth: AuthServerStandIn) -> AsyncIterator[Crowd]:
    """Two workers on one port."""
    with open_folder() as home:
        settings = {
            "DATABASE_URL": plain(urls.api),
            "SUPABASE_URL": auth.url,
            "SUPABASE_KEY": API_KEY,
            "WORKERS": "2",
            "TMPDIR": str(home),
        }
        with serving(home, **settings) as (parent, url):
            both = Crowd(parent, url, home)
            await until(lambda: len(both.workers()) == 2)
            yield both


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that nobody waited for counts."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@pytest.mark.proves("R-46")
async def test_each_worker_writes_the_log_that_one_process_does(
    urls: Urls, auth: AuthServerStandIn
) -> None:
    said: list[str] = []
    settings = {"DATABASE_URL": plain(urls.api), "SUPABASE_URL": auth.url, "SUPABASE_KEY": API_KEY}
    with open_folder() as home, serving(home, said, WORKERS="2", **settings) as (parent, url):
        asking = Crowd(parent, url, home)
        for _ in range(20):
            await asking.get("/nowhere?token=9x8c7v6b5n4m")
        await until(lambda: sum('"unmatched"' in one for one in said) == 20)

    lines = [json.loads(one) for one in said if "unmatched" in one]
    assert {(one["event"], one["level"], one["status"]) for one in lines} == {
        ("request", "info", 404)
    }
    assert "9x8c7v6b5n4m" not in "".join(said)


async def test_two_workers_tell_one_sum_and_a_dead_one_s_counts_stay(crowd: Crowd) -> None:
    asked = 0
    while not all(crowd.counted_by(one) for one in crowd.workers()):
        answers = await asyncio.gather(*(crowd.get("/healthz") for _ in range(20)))
        assert {one.status_code for one in answers} == {200}
        asked += 20
        assert asked < 2000

    # A worker fetches the keys when it starts, beside what it is asked.
    async def have_keys() -> bool:
        return (await crowd.metrics())["outfitter_jwks_age_seconds"] < math.inf

    await until(have_keys)
    before = await crowd.metrics()
    assert before[f"{_SAMPLE} GET /healthz 200"] == asked
    assert before["outfitter_request_seconds_count /healthz"] == asked
    assert before["outfitter_database_connections_in_use"] == 0
    assert 0 <= before["outfitter_jwks_age_seconds"] < SECONDS

    dead = min(crowd.workers())
    os.kill(dead, signal.SIGKILL)
    await until(lambda: dead not in crowd.workers() and len(crowd.workers()) == 2)
    after = await crowd.metrics()
    assert after[f"{_SAMPLE} GET /healthz 200"] == asked
    assert after["outfitter_database_connections_in_use"] == 0


async def test_counters_are_told_while_another_worker_has_only_begun(crowd: Crowd) -> None:
    (folder,) = crowd.folders()
    for name in ("counter_1.db", "gauge_livesum_1.db"):
        (folder / name).touch()
    told = await crowd.get("/metrics")
    assert told.status_code == 200
    assert "outfitter_jwks_age_seconds" in told.text


async def test_workers_end_with_the_service_also_when_it_is_killed(crowd: Crowd) -> None:
    workers = crowd.workers()
    crowd.parent.kill()
    await until(lambda: all(is_gone(one) for one in workers))


async def test_what_a_killed_service_counted_is_cleared_by_the_next(
    crowd: Crowd, urls: Urls
) -> None:
    (left,) = crowd.folders()
    for name in ("outfitter-metrics-older", "outfitter-metrics-new"):
        (crowd.home / name).mkdir()
    (crowd.home / "outfitter-metrics-new" / "owner").touch()
    before = time.time() - 3600
    os.utime(left / "owner", (before, before))
    settings = {"DATABASE_URL": plain(urls.api), "WORKERS": "2", "TMPDIR": str(crowd.home)}
    # A service tells its address first, then clears folders and starts its workers.
    with serving(crowd.home, **settings):
        await until(lambda: len(crowd.workers()) == 4)
        assert left.exists()
    workers = crowd.workers()
    crowd.parent.kill()
    await until(lambda: all(is_gone(one) for one in workers))
    with serving(crowd.home, **settings):
        await until(lambda: not left.exists() and len(crowd.workers()) == 2)

    names = {one.name for one in crowd.folders()}
    assert names == {"outfitter-metrics-older", "outfitter-metrics-new"}


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_a_service_that_drains_answers_and_says_that_it_leaves(
    urls: Urls, auth: AuthServerStandIn, workers: str
) -> None:
    settings = {
        "DATABASE_URL": plain(urls.api),
        "SUPABASE_URL": auth.url,
        "SUPABASE_KEY": API_KEY,
        "WORKERS": workers,
        "DRAIN_SECONDS": "6",
    }
    with open_folder() as home, serving(home, **settings) as (process, url):
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=60) as client:
            assert (await client.get("/readyz")).status_code == 200
            process.send_signal(signal.SIGTERM)
            close = {"Connection": "close"}
            answers: list[httpx2.Response] = []

            async def leaves() -> bool:
                answers.append(await client.get("/readyz", headers=close))
                return answers[-1].status_code != 200

            await until(leaves)
            ready = answers[-1]
            alive = await client.get("/healthz", headers=close)
        await asyncio.to_thread(process.wait, SECONDS)

    assert (ready.status_code, ready.json()["code"]) == (503, "stopping")
    assert re.fullmatch(r"\d+", ready.headers["retry-after"])
    assert alive.status_code == 200
    assert process.returncode == 0
