"""The embedded Postgres: it starts, it stops, and nothing is left behind."""

import asyncio
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from outfitter.adapters.postgres.embedded import EmbeddedPostgres
from outfitter.adapters.postgres.postgres_process import GONE_WITHIN
from outfitter.core.errors import OutfitterError, Refused, Unavailable
from programs.databases import plain
from programs.installed import required

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs on Linux and macOS")

HOLD = """
import sys, time
from pathlib import Path
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1]), durable=False).start(), flush=True)
time.sleep(600)
"""


# Without the main thread's death signal the server stays, as it does outside Linux.
LEAVE = """
import os, sys, threading
from pathlib import Path
from outfitter.adapters.postgres.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
thread = threading.Thread(target=server.start)
thread.start()
thread.join()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def holder(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that runs a server in the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline().startswith("postgresql+asyncpg://")
    yield process
    process.kill()
    process.wait(60)
    process.stdout.close()
    assert within(60, lambda: not servers_on(folder))


@pytest.mark.proves("R-37")
def test_its_log_holds_nothing_that_users_write(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as url:
        asyncio.run(ask(url, "CREATE TABLE said (words text CHECK (words = ''))"))
        with pytest.raises(asyncpg.CheckViolationError):
            asyncio.run(ask(url, "INSERT INTO said VALUES ('what-a-user-wrote')"))
    [log] = folder.glob("*/log")

    assert "violates check constraint" in log.read_text()
    assert "what-a-user-wrote" not in log.read_text()


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(plain(url))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def servers_on(folder: Path) -> list[str]:
    """The servers of that data; a child goes by its parent's command until it has its own."""
    listed = subprocess.run(
        [required("ps"), "-axwwo", "pid=,ppid=,command="],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split() for line in listed.stdout.splitlines() if str(folder) in line]
    found = {pid: (parent, " ".join(words)) for pid, parent, *words in lines if "-D" in words}
    return [f"{pid} {command}" for pid, (parent, command) in found.items() if parent not in found]


def within(seconds: float, reached: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.02)
    return reached()


async def test_the_url_leads_to_a_database_that_can_hold_vectors(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as url:
        assert re.fullmatch(
            r"postgresql\+asyncpg://postgres:\w{40,}@127\.0\.0\.1:\d+/outfitter", url
        )
        await ask(url, "CREATE EXTENSION vector")
        assert await ask(url, "SELECT '[3,4]'::vector <-> '[0,0]'::vector") == 5.0
        assert await ask(url, "SELECT lower('ÄRGER')") == "ärger"


async def test_a_stop_is_quick_and_leaves_no_process_and_keeps_the_data(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await ask(server.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < GONE_WITHIN, "it was killed"
    assert servers_on(folder) == []
    server.stop()
    assert await ask(server.start(), "SELECT number FROM kept") == 7
    server.stop()


async def test_the_server_takes_connections_of_this_machine_with_the_password_only(
    folder: Path,
) -> None:
    with EmbeddedPostgres(folder, durable=False) as url:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(re.sub(r":\w{40,}@", ":wrong@", url), "SELECT 1")
        assert await ask(url, "SHOW listen_addresses") == "127.0.0.1"
        assert await ask(url, "SHOW unix_socket_directories") == ""
        assert await ask(url, "SHOW max_connections") == "100"


def test_the_password_is_for_its_owner_alone(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as url:
        file = folder / "pg18" / "password"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text() in url
        commands = "\n".join(servers_on(folder))
        assert commands
        assert file.read_text() not in commands


def test_a_password_that_does_not_fit_on_the_disk_is_not_kept_in_part(folder: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    try:
        with pytest.raises(Unavailable):
            EmbeddedPostgres(folder, durable=False).start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (folder / "pg18" / "password").exists()


def test_only_a_fleeting_server_gives_up_safety(folder: Path) -> None:
    with EmbeddedPostgres(folder):
        assert "fsync=off" not in servers_on(folder)[0]
    with EmbeddedPostgres(folder, durable=False):
        assert "fsync=off" in servers_on(folder)[0]


def test_a_second_start_on_the_same_data_names_the_process_that_runs_them(
    folder: Path, holder: "subprocess.Popen[str]"
) -> None:
    with pytest.raises(Unavailable) as told:
        EmbeddedPostgres(folder).start()
    assert str(holder.pid) in told.value.detail
    assert told.value.detail.endswith(": end it first, or set another DATA_DIR.")
    assert "\n" not in told.value.detail
    assert len(servers_on(folder)) == 1


def test_a_second_start_in_the_same_process_is_refused_too(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder, durable=False),
        pytest.raises(Unavailable, match=str(os.getpid())),
    ):
        EmbeddedPostgres(folder).start()


async def test_the_next_start_works_after_our_process_was_killed(
    folder: Path, holder: "subprocess.Popen[str]"
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with EmbeddedPostgres(folder, durable=False) as url:
        assert await ask(url, "SELECT 1") == 1
        assert len(servers_on(folder)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_the_server_does_not_outlive_a_killed_process(
    folder: Path, holder: "subprocess.Popen[str]"
) -> None:
    assert servers_on(folder)
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    assert within(60, lambda: not servers_on(folder))


async def test_a_server_that_outlived_its_process_is_ended_by_the_next_start(folder: Path) -> None:
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", LEAVE, str(folder)], check=False)
    left = servers_on(folder)
    assert len(left) == 1
    with EmbeddedPostgres(folder, durable=False) as url:
        assert await ask(url, "SELECT 1") == 1
        assert len(servers_on(folder)) == 1
        assert servers_on(folder) != left


async def test_the_next_start_works_after_the_server_itself_was_killed(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await ask(server.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(int(servers_on(folder)[0].split()[0]), signal.SIGKILL)
    assert await ask(server.start(), "SELECT number FROM kept") == 7
    server.stop()


async def test_a_note_of_a_server_that_is_long_gone_does_not_hinder(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    server.stop()
    note = folder / "pg18" / "data" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{note.parent}\n")
    with server as url:
        assert await ask(url, "SELECT 1") == 1


async def test_a_first_start_that_was_cut_off_is_begun_anew(folder: Path) -> None:
    draft = folder / "pg18" / "draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(folder, durable=False) as url:
        assert await ask(url, "SELECT current_database()") == "outfitter"


def test_what_a_killed_first_start_still_writes_does_not_hinder_the_next(folder: Path) -> None:
    draft, over = folder / "pg18" / "draft", threading.Event()

    def write_on() -> None:
        while not over.is_set():
            with suppress(OSError):
                draft.mkdir(parents=True, exist_ok=True)
                (draft / "PG_VERSION").write_text("18\n")

    writing = threading.Thread(target=write_on)
    writing.start()
    try:
        with EmbeddedPostgres(folder, durable=False):
            pass
    finally:
        over.set()
        writing.join()


def test_data_may_lie_where_the_locale_cannot_read_the_name(folder: Path) -> None:
    named = folder / "für später"
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", LEAVE, str(named)], env=os.environ | ascii_only, check=False
        )
        assert len(servers_on(folder)) == 1
    with EmbeddedPostgres(named, durable=False):
        assert len(servers_on(folder)) == 1
    assert servers_on(folder) == []


def test_a_server_that_cannot_start_says_why_in_one_line(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    (folder / "pg18" / "data" / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(Unavailable, match=r"postgresql\.conf.* contains errors") as told:
        EmbeddedPostgres(folder).start()
    assert "\n" not in told.value.detail
    assert servers_on(folder) == []


def test_a_lost_password_is_told_and_not_replaced(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    (folder / "pg18" / "password").unlink()
    with pytest.raises(Refused, match="password is missing"):
        EmbeddedPostgres(folder).start()


def test_a_place_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(OutfitterError, match="cannot start"):
        EmbeddedPostgres(folder / "file").start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
async def test_root_may_keep_data_below_a_closed_folder_which_stays_closed(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed / "data", durable=False)
    await ask(server.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    place = (closed / "data" / "pg18").resolve()
    try:
        assert closed not in place.parents
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert await ask(server.start(), "SELECT number FROM kept") == 7
    finally:
        server.stop()
        shutil.rmtree(place)
