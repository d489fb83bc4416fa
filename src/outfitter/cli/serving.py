"""The API as a running server."""

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from uvicorn.loops.auto import auto_loop_factory

from outfitter import wiring
from outfitter.adapters import logs, memory
from outfitter.adapters.files import catalogue_files
from outfitter.cli import workers
from outfitter.cli.database import Urls
from outfitter.cli.listening import address, listen
from outfitter.cli.loading import load
from outfitter.core.errors import Refused, Unavailable
from outfitter.http.wire import MOST_AROUND_A_BODY, Wire
from outfitter.settings import Settings, risks

_GRACE = 30
# The thread that embeds computes without Python's lock and asks for it before and after.
_SWITCH_AFTER = 0.001
# In seconds: the models are loaded while the first requests are answered.
_SETTLED_AFTER = 10.0


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run to the end on the fastest event loop the system has."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(main)


def serve(settings: Settings, urls: Urls, console: Console) -> None:
    """Serve until a signal comes, then finish what is under way.

    Raises Refused if the database or catalogue is not fit for this version; one that is merely
    away is waited for, and told by /readyz.
    """
    logs.configure(settings.log_level)
    for risk in risks(settings):
        console.out(f"Risky: {risk}", style="yellow", highlight=False)
    listening = listen(settings.host, settings.port)
    run(_prepared(settings, urls, console))
    told = wiring.backends(settings)
    if settings.workers > 1:
        told["workers"] = str(settings.workers)
    for part, what in {**told, "listening": address(listening)}.items():
        console.out(f"{part:>12}: {what}", highlight=False)
    if settings.workers > 1:
        workers.run(_config(settings, urls, _settling), [listening])
    else:
        run(_Stoppable(_config(settings, urls, _settling)).serve([listening]))


class _Stoppable(uvicorn.Server):
    """A server that has done as it was told when a signal stopped it, and does not die of it."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as uvicorn's
        """Finish what is under way; whoever says Ctrl-C twice does not want to wait."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


async def _prepared(settings: Settings, urls: Urls, console: Console) -> None:
    if urls.is_embedded:
        await load(settings, urls.owner, catalogue_files.builtin(), console)
    try:
        await wiring.preflight(settings, urls.api)
    except Unavailable as away:
        console.out(f"Not ready yet: {away.detail}", style="yellow", highlight=False)
    else:
        await _warned(settings, urls, console)


async def _warned(settings: Settings, urls: Urls, console: Console) -> None:
    """Say what works for now and will not under load."""
    try:
        await wiring.require_connections(settings, urls.api)
    except (Refused, Unavailable) as scarce:
        console.out(f"Risky: {scarce.detail}", style="yellow", highlight=False)


@asynccontextmanager
async def serving(
    settings: Settings, urls: Urls, listening: socket.socket
) -> AsyncIterator[asyncio.Task[None]]:
    """A server in the background, up when the context begins and stopped when it ends."""
    running = server(settings, urls)
    task = asyncio.create_task(running.serve([listening]))
    while not running.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield task
    finally:
        running.should_exit = True
        await task


def server(settings: Settings, urls: Urls) -> uvicorn.Server:
    """The web server, not yet started."""
    return uvicorn.Server(_config(settings, urls, _application))


def _config(
    settings: Settings, urls: Urls, make: Callable[[Settings, str], FastAPI]
) -> uvicorn.Config:
    return uvicorn.Config(
        # Each worker makes its own, from what travels to it through a pipe.
        partial(make, settings, urls.api),
        factory=True,
        # Else an application that breaks as it starts would be served as one without a lifespan.
        lifespan="on",
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=_GRACE,
        http=Wire,
        h11_max_incomplete_event_size=MOST_AROUND_A_BODY,
    )


def _settling(settings: Settings, url: str) -> FastAPI:
    """The application in a process that does nothing else: what it has loaded by then stays."""
    asyncio.get_running_loop().call_later(_SETTLED_AFTER, memory.keep)
    return _application(settings, url)


def _application(settings: Settings, url: str) -> FastAPI:
    """The application in the process that serves it, where signals already mean the end."""
    sys.setswitchinterval(_SWITCH_AFTER)
    if multiprocessing.parent_process() is not None:
        logs.configure(settings.log_level)
        threading.Thread(target=_leave_with_parent, daemon=True).start()
    app = wiring.application(settings, url)
    if settings.drain_seconds:
        _drain_first(app, settings.drain_seconds)
    return app


def _leave_with_parent() -> None:
    """End a worker whose parent was killed: it would hold the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _drain_first(app: FastAPI, seconds: float) -> None:
    """On SIGTERM say at once that requests should go elsewhere, and stop after a while."""
    stop, loop = signal.getsignal(signal.SIGTERM), asyncio.get_running_loop()

    def drain(number: int, frame: FrameType | None) -> None:
        app.state.services.health.leave()
        if callable(stop):
            loop.call_soon_threadsafe(loop.call_later, seconds, stop, number, frame)

    signal.signal(signal.SIGTERM, drain)
