"""The one place that knows all parts: settings in, the running application out."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from outfitter.adapters import tracing
from outfitter.adapters.ai.shipped_vectors import ShippedVectors
from outfitter.adapters.ids import new_id
from outfitter.adapters.metrics import Metrics
from outfitter.adapters.postgres import revisions
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_check import check_owner, room_of
from outfitter.core.errors import Refused
from outfitter.http.app import Manners, build
from outfitter.service.account import Account
from outfitter.service.agents import Agents
from outfitter.service.catalogue import Catalogue
from outfitter.service.chat import Chat
from outfitter.service.credentials import Credentials
from outfitter.service.evaluation import Finder
from outfitter.service.health import Health
from outfitter.service.history import History
from outfitter.service.live import Live
from outfitter.service.loading import Loader
from outfitter.service.pruning import Pruning
from outfitter.service.rotation import Rotation
from outfitter.service.services import Services
from outfitter.settings import Settings
from outfitter.wiring import identity, parts
from outfitter.wiring.parts import backends, claude, embedder, embedding_model

__all__ = [
    "application",
    "backends",
    "claude",
    "connected",
    "connections",
    "embedder",
    "embedding_model",
    "finding",
    "loading",
    "owning",
    "preflight",
    "pruning",
    "require_connections",
    "rotating",
    "running",
]


@asynccontextmanager
async def running(
    settings: Settings, database_url: str, metrics: Metrics, *, warm: bool = True
) -> AsyncIterator[Services]:
    """Every part of the service until the context ends; `warm` loads the models ahead of use."""
    async with AsyncExitStack() as ending:
        database = parts.database(settings, database_url)
        ending.push_async_callback(database.close)
        swift = parts.swift_embedder(settings, ending, warm=warm)
        finding = parts.finding(swift)
        known = await identity.identity(settings, database, ending)
        watching = metrics.watching(lambda: database.pool_in_use, known.keys_age)
        await ending.enter_async_context(watching)
        vault = parts.vault(settings)
        chat = Chat(
            database,
            finding=finding,
            analyze=parts.analyzer(settings, ending, metrics, warm=warm),
            vault=vault,
            pace=parts.pace(settings),
            answered=metrics.answered,
        )
        ending.push_async_callback(chat.close)
        live = Live(chat, heartbeat=settings.stream_heartbeat)
        ending.push_async_callback(live.close)
        health = Health(database, head=revisions.head(), model=swift.model, keys=known.keys_loaded)
        yield Services(
            identify=known.verifier,
            knows=known.verifier.knows,
            chat=chat,
            live=live,
            history=History(database, vault),
            agents=Agents(database, vault),
            credentials=Credentials(database, vault),
            catalogue=Catalogue(parts.replica(settings, ending) or database, finding),
            account=Account(database),
            sign_in=known.sign_in,
            health=health,
            jwks=known.jwks,
            metrics=metrics.text if settings.metrics else None,
        )


def application(settings: Settings, database_url: str) -> FastAPI:
    """The web application; its parts are made when it starts and closed when it stops."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(settings, database_url, metrics) as services:
            app.state.services = services
            yield

    manners = Manners(settings.cors_origins, settings.allowed_hosts, settings.docs)
    app = build(new_id, manners=manners, lifespan=lifespan, answered=metrics.requested)
    if endpoint := settings.otel_exporter_otlp_endpoint:
        app.add_middleware(tracing.Traced, stop=tracing.start(endpoint))
    return app


async def preflight(settings: Settings, database_url: str) -> None:
    """Raise Refused or Unavailable if the service could not answer requests there."""
    if settings.otel_exporter_otlp_endpoint:
        tracing.require()
    async with running(settings, database_url, Metrics(), warm=False) as services:
        await services.health.check()


def connections(settings: Settings, room: int) -> str:
    """How many the processes may take of those that the database has; Refused if that is more."""
    most = settings.workers * settings.db_pool_size
    if settings.db_pooler == "none" and most > room:
        raise Refused(
            f"WORKERS times DB_POOL_SIZE are {most} connections, and the database has {room} for "
            "them: lower either, or raise max_connections there."
        )
    return f"{most} at most, of the {room} that the database has."


async def require_connections(settings: Settings, database_url: str) -> None:
    """Raise Refused if what works now may not under load: too few connections, or a pooler's."""
    async with connected(settings, database_url, most=2) as database:
        await database.check_pooler()
        async with database.as_owner() as tx:
            connections(settings, await room_of(tx))


@asynccontextmanager
async def connected(settings: Settings, url: str, *, most: int = 1) -> AsyncIterator[Database]:
    """A database to look at until the context ends; what it says against that is made plain."""
    database = Database(url, pool_size=most, pooler=settings.db_pooler)
    try:
        with database.diagnosed():
            yield database
    finally:
        await database.close()


@asynccontextmanager
async def loading(settings: Settings, owner_url: str) -> AsyncIterator[Loader]:
    """What writes the catalogue, on the owner's connection, however long an index takes."""
    embed = parts.embedder(settings)
    try:
        async with owning(Database(owner_url, pool_size=1, answer_within=None)) as owner:
            yield Loader(owner, ShippedVectors(embed, embed.model), embed.model)
    finally:
        await embed.close()


@asynccontextmanager
async def finding(settings: Settings, database_url: str, servers: int) -> AsyncIterator[Finder]:
    """What answers single requests from a catalogue of that many servers."""
    database = parts.database(settings, database_url)
    embed = parts.embedder(settings)
    try:
        yield Finder(database, parts.finding(embed, servers))
    finally:
        await embed.close()
        await database.close()


@asynccontextmanager
async def rotating(settings: Settings, owner_url: str) -> AsyncIterator[Rotation]:
    """What seals credentials anew, on the owner's connection."""
    vault = parts.vault(settings)
    if vault is None:
        raise Refused("Set CREDENTIAL_KEYS: the new key first, then those that sealed so far.")
    async with owning(Database(owner_url, pool_size=1)) as owner:
        yield Rotation(owner, vault)


@asynccontextmanager
async def pruning(owner_url: str) -> AsyncIterator[Pruning]:
    """What takes out of the tables what is old, on the owner's connection."""
    async with owning(Database(owner_url, pool_size=1, answer_within=None)) as owner:
        yield Pruning(owner)


@asynccontextmanager
async def owning(owner: Database) -> AsyncIterator[Database]:
    """The owner's database until the context ends; Refused if it is not migrated, or not theirs."""
    try:
        await owner.check(revisions.head())
        async with owner.as_owner() as tx:
            await check_owner(tx)
        yield owner
    finally:
        await owner.close()
