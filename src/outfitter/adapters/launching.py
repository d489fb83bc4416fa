"""Starts stdio servers through the official SDK, to ask them which tools they offer."""

import asyncio
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from shutil import which
from typing import TextIO

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from outfitter.core.catalogue import Access, Input, Server, StdioTemplate, Tool
from outfitter.core.entries.drift import Launch, State, compare
from outfitter.core.entries.stand_in import key_file, stand_in
from outfitter.core.equipping.template import filled, reference
from outfitter.core.errors import BadCatalogue, Refused
from outfitter.core.placeholder import PLACEHOLDER

_UNTELLING = re.compile(
    r"^(?:at |node:|\^|\}|Node\.js v|npm (?:notice|warn|error A complete)|\s*$|Installed \d)"
)
# Where the runners fetch packages from, and whom they believe; nothing that opens anything.
_PASSED_ON = ("UV_", "NPM_CONFIG_", "SSL_CERT_", "NODE_EXTRA_CA_CERTS")
_KEPT_BACK = re.compile("TOKEN|PASSWORD|USERNAME|PUBLISH|AUTH", re.IGNORECASE)
_FOLDERS = re.compile(r"(?<![\w:/.])/(?:[\w.@+-]+/)+")
_LONGEST_REASON = 160
_MOST_PAGES = 50


async def launch(server: Server, within: float) -> Launch:
    """Start the server with made-up credentials, compare its tools with the entry, and end it.

    Raises Refused if the SDK is not installed.
    """
    try:
        import mcp  # noqa: F401, PLC0415 - only who launches servers needs it
    except ImportError:
        raise Refused("Launching servers takes the package mcp: pip install mcp.") from None
    if (reason := _cannot(server)) is not None:
        return _told(server, "skipped", reason)
    started = time.monotonic()
    # Some servers leave files behind that only they may remove.
    with tempfile.TemporaryDirectory(prefix="outfitter-", ignore_cleanup_errors=True) as folder:
        found = await _tried(server, Path(folder), within)
    return found.model_copy(update={"seconds": round(time.monotonic() - started, 1)})


async def launch_all(servers: Sequence[Server], within: float, at_once: int) -> list[Launch]:
    """Launch many, a few at a time; in the order of the servers."""
    free = asyncio.Semaphore(at_once)

    async def one(server: Server) -> Launch:
        async with free:
            return await launch(server, within)

    return list(await asyncio.gather(*map(one, servers)))


def _cannot(server: Server) -> str | None:
    if not isinstance(server.template, StdioTemplate):
        return "hosted, nothing to start"
    if which(server.template.command) is None:
        return f"{server.template.command} is not installed"
    return None


async def _tried(server: Server, folder: Path, within: float) -> Launch:
    import anyio  # noqa: PLC0415 - comes with the SDK

    with (folder / "stderr.txt").open("w+", encoding="utf-8", errors="replace") as log:
        try:
            with anyio.fail_after(within):
                offered = await _tools(server, folder, log)
        except TimeoutError:
            return _told(server, "failed", f"no answer within {within:.0f} s")
        except BadCatalogue as error:
            return _told(server, "failed", error.detail)
        except Exception as error:  # noqa: BLE001 - whatever a stranger's program does is a finding
            return _told(server, "failed", _last_words(log) or _first(error))
    return compare(server, offered)


async def _tools(server: Server, folder: Path, log: TextIO) -> list[Tool]:
    from mcp import ClientSession, StdioServerParameters, stdio_client  # noqa: PLC0415
    from mcp.types import PaginatedRequestParams  # noqa: PLC0415

    # What a server prints beside the protocol is its own business.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    command = _command(server, folder)
    parameters = StdioServerParameters(
        command=command.command, args=list(command.args), env=_passed() | command.env, cwd=folder
    )
    async with (
        stdio_client(parameters, errlog=log) as (read, write),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        found: list[Tool] = []
        cursor = None
        for _ in range(_MOST_PAGES):
            page = await session.list_tools(params=PaginatedRequestParams(cursor=cursor))
            found += [
                Tool(name=one.name, required=tuple(one.input_schema.get("required") or ()))
                for one in page.tools
            ]
            cursor = page.next_cursor
            if not cursor:
                break
        return found


def _command(server: Server, folder: Path) -> StdioTemplate:
    """How it is started here, with a made-up value wherever a user's would stand."""
    for name in server.folders:
        (folder / name).mkdir(parents=True, exist_ok=True)
    names = {one.key: reference(server.name, one.key) for one in server.inputs}
    values = {names[one.key]: stand_in(one, str(folder)) for one in server.inputs}
    # An open server makes the files it wants; whoever wants a key wants it to be there.
    if server.access is not Access.OPEN:
        for path in {path for one in server.inputs for path in _files(one, folder)}:
            path.write_text(_key_file(), encoding="utf-8")
    # All ways in, as some open more tools than the first.
    ways_in = {key for keys in server.require_any for key in keys}
    template = filled(server, ways_in, names)
    if not isinstance(template, StdioTemplate):
        raise BadCatalogue("hosted, nothing to start")

    def given(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: values[found[1]], text)

    return StdioTemplate(
        command=template.command,
        args=tuple(map(given, template.args)),
        env={name: given(text) for name, text in template.env.items()},
    )


def _passed() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper().startswith(_PASSED_ON) and not _KEPT_BACK.search(name)
    }


def _files(one: Input, folder: Path) -> Iterator[Path]:
    """Where its server may look for the file that an input names."""
    if one.format == "filepath":
        yield Path(stand_in(one, str(folder)))
        if one.default and not Path(one.default).is_absolute():
            yield folder / one.default


@cache
def _key_file() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key_file(pem.decode())


def _told(server: Server, state: State, reason: str) -> Launch:
    # The folders of this machine say nothing about the server.
    told = _FOLDERS.sub("\u2026/", reason)
    return Launch(server=server.name, version=server.version, state=state, reason=told)


def _last_words(log: TextIO) -> str:
    """The last line of its log that tells something."""
    log.seek(0)
    lines = [line.strip() for line in log.read().splitlines()]
    telling = [line for line in lines if not _UNTELLING.match(line)]
    errors = [line for line in telling if re.search(r"error|required|missing", line, re.IGNORECASE)]
    return (errors or telling or [""])[-1][:_LONGEST_REASON]


def _first(error: BaseException) -> str:
    """The sentence of an error, out of the groups it came in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
