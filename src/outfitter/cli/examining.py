"""A deployment examined: what is fit, and how to mend what is not, in one line each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path

import httpx2
from pydantic import ValidationError
from rich.console import Console

from outfitter import wiring
from outfitter.adapters import logs, tracing
from outfitter.adapters.ai.fallback import ModelFailed
from outfitter.adapters.files.writable import free_space, require_room
from outfitter.adapters.postgres import embedded
from outfitter.adapters.postgres.embedded_home import MAJOR, require_package, require_reach
from outfitter.adapters.sign_in.newcomer import SIGNING_KEY, NewcomerKey, refuse_newcomer
from outfitter.adapters.vault import LOCAL_KEYS, Keyring, local_keyring
from outfitter.cli import examining_databases as databases
from outfitter.cli.examining_sign_in import auth_server
from outfitter.cli.listening import listen, present
from outfitter.core.analysis import Question
from outfitter.core.errors import OutfitterError, Refused, Unavailable
from outfitter.core.plan import Plan
from outfitter.settings import Settings, risks, slips
from outfitter.wiring.soundness import sound_settings

# What Postgres may write ahead of its tables before it clears up (max_wal_size).
_MOST_WAL = 2**30
_UNFIT = {
    "no_access": "ANTHROPIC_API_KEY is refused: correct it, or unset it to do without Claude.",
    "bad_request": "Claude refuses to be asked: correct ANTHROPIC_MODEL, and look at the account.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One part, whether it is fit, and a line about it."""

    part: str
    fit: bool
    line: str


async def run(console: Console) -> bool:
    """Tell what was found, a line for each part; whether everything is fit."""
    logs.configure("critical")  # the verdicts say what goes wrong
    try:
        verdicts = [one async for one in examine(Settings())]
    except ValidationError:
        verdicts = [Verdict("settings", fit=False, line=one) for one in _faults()]
    except Refused as error:
        verdicts = [Verdict("settings", fit=False, line=error.detail)]
    for one in verdicts:
        mark = "ok" if one.fit else "MEND"
        console.out(f"{mark:>6}  {one.part:<12} {one.line}", highlight=False)
    return all(one.fit for one in verdicts)


def _faults() -> list[str]:
    """What a start would say of the settings, all of it."""
    try:
        sound_settings()
    except Refused as refused:
        return refused.detail.split("\n")
    return []


async def examine(settings: Settings) -> AsyncIterator[Verdict]:
    """What there is to say about each part, the first thing to mend first."""
    for line in (*slips(), *risks(settings)):
        yield Verdict("settings", fit=False, line=line)
    yield await _verdict("address", _address(settings))
    database = await _verdict("database", _database(settings))
    yield database
    url = settings.database_url if database.fit else None
    served = url.get_secret_value() if url else None
    if served:
        yield await _verdict("roles", databases.roles(settings, served))
        yield await _verdict("catalogue", databases.servers(settings, served))
    if database.fit:
        yield await _verdict("connections", _connections(settings))
    if replica := settings.catalogue_database_url:
        yield await _verdict(
            "replica", databases.replica(settings, replica.get_secret_value(), served)
        )
    if owner := settings.migration_database_url:
        reached = await _verdict(
            "owner", databases.owner(settings, owner.get_secret_value(), served)
        )
        yield reached
        if reached.fit:
            yield await _verdict("seals", _seals(settings, owner.get_secret_value()))
    yield await _verdict("sign-in", _sign_in(settings))
    yield await _verdict("credentials", _credentials(settings))
    yield await _verdict("analyzer", _analyzer(settings))
    yield await _verdict("embeddings", _embeddings(settings))
    if settings.otel_exporter_otlp_endpoint:
        yield await _verdict("tracing", _tracing(settings))


async def _verdict(part: str, looked: Awaitable[str]) -> Verdict:
    try:
        return Verdict(part, fit=True, line=await looked)
    except OutfitterError as error:
        return Verdict(part, fit=False, line=error.detail)
    except Exception as error:  # noqa: BLE001 - one part that breaks must not hide the others
        return Verdict(part, fit=False, line=f"Cannot be examined: {type(error).__name__}.")


async def _address(settings: Settings) -> str:
    place = f"{settings.host}:{settings.port}"
    if settings.supabase_url is None:
        refuse_newcomer(settings.host, None, closed=settings.closed_network)
        place += f", for {'a proxy' if settings.closed_network else 'this machine'} only"
    try:
        listen(settings.host, settings.port).close()
    except Refused:
        if (version := await present(settings)) is None:
            raise
        return f"{place}; Outfitter {version} listens there already."
    return f"{place}."


async def _database(settings: Settings) -> str:
    if settings.database_url is None:
        require_package()
        whose = _whose(settings.data_dir)
        require_reach(settings.data_dir)
        # The data may be elsewhere, behind a link.
        free = free_space(settings.data_dir / MAJOR, _MOST_WAL)
        if (process := embedded.holder(settings.data_dir)) is not None:
            return (
                f"Embedded Postgres on {settings.data_dir} ({free}), in use by process {process}."
            )
        return f"Embedded Postgres, starts with the service on {settings.data_dir} ({free}){whose}."
    return await databases.reached(settings, settings.database_url.get_secret_value())


async def _connections(settings: Settings) -> str:
    if settings.database_url is None:
        return wiring.connections(settings, embedded.ROOM)
    return await databases.connections(settings, settings.database_url.get_secret_value())


async def _seals(settings: Settings, url: str) -> str:
    return await databases.seals(_ring(settings), url)


async def _sign_in(settings: Settings) -> str:
    if settings.supabase_url is None:
        _require_no_half(settings)
        if (settings.data_dir / SIGNING_KEY).exists():
            NewcomerKey(settings.data_dir)
        whose = _whose(settings.data_dir)
        return f"Newcomer mode: `outfitter token` makes tokens for this machine{whose}."
    return await auth_server(settings, settings.supabase_url)


def _require_no_half(settings: Settings) -> None:
    """Refuse settings of an auth server that has no address."""
    for name in ("supabase_key", "supabase_jwt_secret", "supabase_issuer"):
        if getattr(settings, name) is not None:
            raise Refused(
                f"{name.upper()} has no effect without SUPABASE_URL: set that too, or neither; "
                "until then the service signs its own tokens."
            )


async def _credentials(settings: Settings) -> str:
    ring = _ring(settings)
    if settings.credential_keys is not None and ring is not None:
        return f"Sealed with {ring.newest}, one of {len(ring.keys)} in CREDENTIAL_KEYS."
    if settings.supabase_url is not None:
        raise Refused("Set CREDENTIAL_KEYS from `outfitter keys new`: until then none is taken.")
    whose = _whose(settings.data_dir)
    return f"Sealed with a key of this machine, {settings.data_dir / LOCAL_KEYS}{whose}."


def _ring(settings: Settings) -> Keyring | None:
    """The keys as the service would have them; none are made here."""
    if settings.credential_keys is not None:
        return Keyring.parse(settings.credential_keys.get_secret_value())
    path = settings.data_dir / LOCAL_KEYS
    return local_keyring(path) if settings.supabase_url is None and path.exists() else None


def _whose(folder: Path) -> str:
    """Who must run the service for the folder to take its files, where that is known of few."""
    return f", if {who} runs it" if (who := require_room(folder)) else ""


async def _analyzer(settings: Settings) -> str:
    if settings.anthropic_api_key is None:
        return "Offline; ANTHROPIC_API_KEY lets Claude read the requests."
    claude = wiring.claude(settings)
    until = asyncio.get_running_loop().time() + settings.model_deadline
    try:
        await claude(Question("Hello!", ("Hello!",), (), Plan()), until)
    except ModelFailed as failed:
        unreached = (
            f"Claude does not answer ({failed.reason}): try later, or correct ANTHROPIC_BASE_URL."
        )
        raise Unavailable(_UNFIT.get(failed.reason, unreached)) from None
    finally:
        await claude.close()
    return f"Claude answers as {settings.anthropic_model}."


async def _embeddings(settings: Settings) -> str:
    embed = wiring.embedder(settings)
    try:
        await embed(["Hello!"])
    except Unavailable as away:
        raise Unavailable(
            f"{away.detail} Correct OPENAI_API_KEY or OPENAI_BASE_URL, or try later."
        ) from None
    finally:
        await embed.close()
    return f"{embed.model} gives vectors."


async def _tracing(settings: Settings) -> str:
    tracing.require()
    endpoint = settings.otel_exporter_otlp_endpoint or ""
    url = httpx2.URL(endpoint)
    # Of a collector's address the rest may be what it lets its senders in by.
    there = f"{url.scheme}://{url.netloc.decode()}"
    if not await tracing.is_taken(endpoint):
        raise Unavailable(
            f"{there} takes no spans: start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT."
        )
    return f"Spans go to {there}."
