"""A deployment examined: what is fit, and how to mend what is not, in one line each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from pydantic import SecretStr, ValidationError
from rich.console import Console
from sqlalchemy import text

from outfitter import wiring
from outfitter.adapters import logs, tracing
from outfitter.adapters.ai.fallback import ModelFailed
from outfitter.adapters.files.writable import require_room
from outfitter.adapters.postgres import embedded, revisions
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_check import identity_of, role_of
from outfitter.adapters.postgres.embedded_home import require_package, require_reach
from outfitter.adapters.sign_in.exchange import safe_url
from outfitter.adapters.sign_in.identity import TokenVerifier
from outfitter.adapters.sign_in.jwks import KeySet
from outfitter.adapters.sign_in.newcomer import refuse_newcomer
from outfitter.adapters.store import catalogue, credentials
from outfitter.adapters.vault import LOCAL_KEYS, Keyring, local_keyring
from outfitter.cli.counting import counted
from outfitter.cli.listening import listen, present
from outfitter.core.analysis import Question
from outfitter.core.errors import OutfitterError, Refused, Unavailable
from outfitter.core.plan import Plan
from outfitter.service.loading import require_model
from outfitter.service.rotation import require_keys
from outfitter.settings import Settings, complaints, risks, slips

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
    logs.configure("error")  # the verdicts say what goes wrong
    try:
        verdicts = [one async for one in examine(Settings())]
    except ValidationError as error:
        verdicts = [Verdict("settings", fit=False, line=one) for one in complaints(error)]
    except Refused as error:
        verdicts = [Verdict("settings", fit=False, line=error.detail)]
    for one in verdicts:
        mark = "ok" if one.fit else "MEND"
        console.out(f"{mark:>6}  {one.part:<12} {one.line}", highlight=False)
    return all(one.fit for one in verdicts)


async def examine(settings: Settings) -> AsyncIterator[Verdict]:
    """What there is to say about each part, the first thing to mend first."""
    for line in (*slips(), *risks(settings)):
        yield Verdict("settings", fit=False, line=line)
    yield await _verdict("address", _address(settings))
    database = await _verdict("database", _database(settings))
    yield database
    if database.fit and (api := settings.database_url):
        yield await _verdict("roles", _roles(settings, api.get_secret_value()))
        yield await _verdict("catalogue", _catalogue(settings, api.get_secret_value()))
    if replica := settings.catalogue_database_url:
        yield await _verdict("replica", _replica(settings, replica.get_secret_value()))
    if owner := settings.migration_database_url:
        beside = settings.database_url if database.fit else None
        reached = await _verdict("owner", _owner(settings, owner.get_secret_value(), beside))
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
        if (process := embedded.holder(settings.data_dir)) is not None:
            return f"Embedded Postgres on {settings.data_dir}, in use by process {process}."
        return f"Embedded Postgres, starts with the service on {settings.data_dir}{whose}."
    head = revisions.head()
    async with _connected(settings, settings.database_url.get_secret_value()) as database:
        await database.check(head)
    return f"Reached, has pgvector, migrated to {head}."


async def _roles(settings: Settings, url: str) -> str:
    async with _connected(settings, url) as database, database.as_owner() as tx:
        role = await role_of(tx)
    if role.risk:
        raise Refused(role.risk)
    return f"{role.name} acts as whoever asks, under row security."


async def _catalogue(settings: Settings, url: str) -> str:
    model = wiring.embedding_model(settings)
    async with _connected(settings, url) as database, database.transaction(None) as tx:
        require_model(await catalogue.models(tx), model)
        _, servers = await catalogue.page(tx, limit=1, offset=0)
    return f"{counted(servers, 'server')}, embedded with {model}."


async def _replica(settings: Settings, url: str) -> str:
    try:
        async with _connected(settings, url) as database, database.transaction(None) as tx:
            require_model(await catalogue.models(tx), wiring.embedding_model(settings))
            follows = (await tx.execute(text("SELECT pg_is_in_recovery()"))).scalar_one()
    except Unavailable as away:
        mending = "Start the replica, correct CATALOGUE_DATABASE_URL, or unset it."
        raise Unavailable(f"{away.detail} {mending}") from None
    return "Searched for the catalogue." if follows else "Reached, but follows no other server."


async def _owner(settings: Settings, url: str, beside: SecretStr | None) -> str:
    async with wiring.owning(Database(url, pool_size=1)) as owner, owner.as_owner() as tx:
        migrated = await identity_of(tx)
    if beside:
        served = _connected(settings, beside.get_secret_value())
        async with served as database, database.as_owner() as tx:
            if await identity_of(tx) != migrated:
                raise Refused(
                    "Reaches another database than DATABASE_URL: let both name the same one."
                )
    return "Reached; `outfitter migrate`, `catalogue` and `keys rotate` need it, `serve` does not."


async def _seals(settings: Settings, url: str) -> str:
    ring = _ring(settings)
    async with wiring.owning(Database(url, pool_size=1)) as owner, owner.as_owner() as tx:
        sealed = await credentials.values_by_key(tx)
    require_keys(sealed, ring.keys if ring else ())
    return f"{counted(sum(sealed.values()), 'credential')} stored, each under a key that is set."


async def _sign_in(settings: Settings) -> str:
    if settings.supabase_url is None:
        return "Newcomer mode: `outfitter token` makes tokens for this machine."
    if settings.supabase_key is None:
        raise Refused("Set SUPABASE_KEY: without it the auth server lets nobody sign in here.")
    url, secret = safe_url(settings.supabase_url), settings.supabase_jwt_secret
    async with httpx2.AsyncClient(trust_env=False) as client:
        keys = KeySet(url, client)
        # It refuses a shared secret that is too short.
        TokenVerifier(keys, issuer=url, hs256_secret=secret.get_secret_value() if secret else None)
        try:
            await keys.loaded()
        except Unavailable:
            raise Unavailable(
                f"{url} gives no key set: correct SUPABASE_URL, or let this machine reach it."
            ) from None
    if not keys.kids and secret is None:
        raise Refused(
            f"{url} publishes no keys: move it to signing keys, or set SUPABASE_JWT_SECRET."
        )
    return f"{url} publishes its keys ({len(keys.kids)})."


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
    # Of a collector's address the rest may be what it lets its senders in by.
    there = httpx2.URL(settings.otel_exporter_otlp_endpoint or "")
    return f"Spans go to {there.scheme}://{there.netloc.decode()}."


@asynccontextmanager
async def _connected(settings: Settings, url: str) -> AsyncIterator[Database]:
    database = Database(url, pool_size=1, pooler=settings.db_pooler)
    try:
        yield database
    finally:
        await database.close()
