"""The one place that knows all parts: settings in, the running application out."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx2
from fastapi import FastAPI

from outfitter.adapters import migrations, tracing
from outfitter.adapters.database import Database
from outfitter.adapters.embeddings import LocalEmbedder
from outfitter.adapters.fallback import WithFallback
from outfitter.adapters.gotrue import AuthServer, safe_url
from outfitter.adapters.hurried import Hurried
from outfitter.adapters.identity import TokenVerifier
from outfitter.adapters.ids import new_id
from outfitter.adapters.jwks import KeySet, LocalKeys
from outfitter.adapters.known_vectors import KnownVectors
from outfitter.adapters.metrics import Metrics
from outfitter.adapters.newcomer import ISSUER, NewcomerKey, refuse_newcomer
from outfitter.adapters.vault import Keyring, Vault, local_keyring
from outfitter.core import offline
from outfitter.core.errors import Refused
from outfitter.core.quota import Pace, pace
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
from outfitter.service.rotation import Rotation
from outfitter.service.services import Services
from outfitter.service.sign_in import SignIn
from outfitter.settings import Settings

if TYPE_CHECKING:
    from outfitter.adapters.claude import ClaudeAnalyzer
    from outfitter.adapters.openai_embeddings import OpenAIEmbedder

_AFTER_THE_MODEL = 30.0

Embedder: TypeAlias = "LocalEmbedder | OpenAIEmbedder"


@dataclass(frozen=True, slots=True)
class _Identity:
    """How users are known here."""

    verifier: TokenVerifier
    sign_in: SignIn
    keys_known: Callable[[], Awaitable[None]]
    keys_age: Callable[[], float] | None = None
    jwks: Mapping[str, Any] | None = None


@asynccontextmanager
async def running(
    settings: Settings, database_url: str, metrics: Metrics
) -> AsyncIterator[Services]:
    """Every part of the service on that database, until the context ends."""
    async with AsyncExitStack() as ending:
        database = _database(settings, database_url)
        ending.push_async_callback(database.close)
        embed = _warm_embedder(settings, ending)
        identity = await _identity(settings, database, ending)
        watching = metrics.watching(lambda: database.pool_in_use, identity.keys_age)
        await ending.enter_async_context(watching)
        vault = _vault(settings)
        chat = Chat(
            database,
            embed=embed,
            analyze=_analyzer(settings, ending, metrics),
            vault=vault,
            pace=_pace(settings),
            answered=metrics.answered,
        )
        ending.push_async_callback(chat.close)
        live = Live(chat, heartbeat=settings.stream_heartbeat)
        ending.push_async_callback(live.close)
        health = Health(
            database, head=migrations.head(), model=embed.model, keys=identity.keys_known
        )
        yield Services(
            identify=identity.verifier,
            knows=identity.verifier.knows,
            chat=chat,
            live=live,
            history=History(database),
            agents=Agents(database, vault),
            credentials=Credentials(database),
            catalogue=Catalogue(_replica(settings, ending) or database, embed),
            account=Account(database),
            sign_in=identity.sign_in,
            health=health,
            jwks=identity.jwks,
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
    async with running(settings, database_url, Metrics()) as services:
        await services.health.check()


@asynccontextmanager
async def loading(settings: Settings, owner_url: str) -> AsyncIterator[Loader]:
    """What writes the catalogue, on the owner's connection."""
    owner = Database(owner_url, pool_size=1)
    embed = embedder(settings)
    try:
        yield Loader(owner, KnownVectors(embed, embed.model), embed.model)
    finally:
        await embed.close()
        await owner.close()


@asynccontextmanager
async def finding(settings: Settings, database_url: str, servers: int) -> AsyncIterator[Finder]:
    """What answers single requests from a catalogue of that many servers."""
    database = _database(settings, database_url)
    embed = embedder(settings)
    try:
        yield Finder(database, embed, servers=servers)
    finally:
        await embed.close()
        await database.close()


@asynccontextmanager
async def rotating(settings: Settings, owner_url: str) -> AsyncIterator[Rotation]:
    """What seals credentials anew, on the owner's connection."""
    vault = _vault(settings)
    if vault is None:
        raise Refused("Set CREDENTIAL_KEYS: the new key first, then those that sealed so far.")
    owner = Database(owner_url, pool_size=1)
    try:
        yield Rotation(owner, vault)
    finally:
        await owner.close()


def embedder(settings: Settings) -> Embedder:
    """OpenAI's embeddings if there is a key, else the model in the package."""
    if settings.openai_api_key is None:
        return LocalEmbedder()
    from outfitter.adapters.openai_embeddings import OpenAIEmbedder  # noqa: PLC0415 - see claude

    return OpenAIEmbedder(settings.openai_api_key.get_secret_value(), settings.openai_base_url)


def claude(settings: Settings) -> "ClaudeAnalyzer":
    """Claude as it is set; there must be a key."""
    # The models' clients take seconds to import: a start without their keys does without.
    from outfitter.adapters.claude import ClaudeAnalyzer  # noqa: PLC0415

    key = settings.anthropic_api_key
    return ClaudeAnalyzer(
        api_key=key.get_secret_value() if key else "",
        model=settings.anthropic_model,
        base_url=settings.anthropic_base_url,
        max_tokens=settings.model_max_tokens,
        timeout=settings.model_timeout,
        deadline=settings.model_deadline,
    )


def backends(settings: Settings) -> dict[str, str]:
    """Which part does what here, for the lines a start prints."""
    own_keys = settings.credential_keys is not None
    return {
        "database": "DATABASE_URL" if settings.database_url else "embedded Postgres",
        "sign-in": settings.supabase_url or "newcomer mode, tokens made on this machine",
        "analyzer": f"Claude ({settings.anthropic_model})"
        if settings.anthropic_api_key
        else "offline",
        "embeddings": embedder(settings).model,
        "credentials": "sealed with CREDENTIAL_KEYS"
        if own_keys
        else "refused, no CREDENTIAL_KEYS"
        if settings.supabase_url
        else "sealed with a key in DATA_DIR",
    }


def _warm_embedder(settings: Settings, ending: AsyncExitStack) -> LocalEmbedder | Hurried:
    """The embedder, so that no request need wait long for it."""
    embed = embedder(settings)
    ending.push_async_callback(embed.close)
    if not isinstance(embed, LocalEmbedder):
        return Hurried(embed, embed.model, time.monotonic)
    embed.warm()
    return embed


def _database(settings: Settings, url: str) -> Database:
    return Database(
        url,
        pool_size=settings.db_pool_size,
        pool_timeout=settings.db_pool_timeout,
        pooler=settings.db_pooler,
    )


def _replica(settings: Settings, ending: AsyncExitStack) -> Database | None:
    if settings.catalogue_database_url is None:
        return None
    replica = _database(settings, settings.catalogue_database_url.get_secret_value())
    ending.push_async_callback(replica.close)
    return replica


def _pace(settings: Settings) -> Pace:
    """A turn that was never answered counts as given up once no model can be at it any more."""
    return pace(
        per_minute=settings.turns_per_minute,
        per_day=settings.turns_per_day,
        patience=settings.model_deadline + _AFTER_THE_MODEL,
    )


def _vault(settings: Settings) -> Vault | None:
    if settings.credential_keys is not None:
        return Vault(Keyring.parse(settings.credential_keys.get_secret_value()))
    if settings.supabase_url is not None:
        return None
    return Vault(local_keyring(settings.data_dir / "credential-keys"))


def _analyzer(settings: Settings, ending: AsyncExitStack, metrics: Metrics) -> WithFallback:
    if settings.anthropic_api_key is None:
        return WithFallback(None, offline.read)
    model = claude(settings)
    model.called = metrics.called
    ending.push_async_callback(model.close)
    return WithFallback(model, offline.read, failed=metrics.model_failed)


async def _identity(settings: Settings, database: Database, ending: AsyncExitStack) -> _Identity:
    if settings.supabase_url is None:
        return _newcomer(settings, database)
    client = await ending.enter_async_context(httpx2.AsyncClient(trust_env=False))
    url = safe_url(settings.supabase_url)
    keys = KeySet(url, client)
    ending.push_async_callback(keys.close)
    keys.warm()
    secret = settings.supabase_jwt_secret
    verifier = TokenVerifier(
        keys,
        issuer=settings.supabase_issuer or f"{url}/auth/v1",
        hs256_secret=secret.get_secret_value() if secret else None,
        allow_anonymous=settings.allow_anonymous,
        require_aal2=settings.require_aal2,
    )
    key = settings.supabase_key.get_secret_value() if settings.supabase_key else None
    sign_in = SignIn(AuthServer(url, key, client), database)
    return _Identity(verifier, sign_in, _known(keys), lambda: keys.age)


def _newcomer(settings: Settings, database: Database) -> _Identity:
    refuse_newcomer(settings.host, settings.supabase_url, closed=settings.closed_network)
    jwks = NewcomerKey(settings.data_dir).jwks()
    verifier = TokenVerifier(LocalKeys(jwks), issuer=ISSUER)
    return _Identity(verifier, SignIn(None, database), _nothing_to_wait_for, jwks=jwks)


def _known(keys: KeySet) -> Callable[[], Awaitable[None]]:
    async def wait() -> None:
        if not keys.ready:
            await keys.key("")

    return wait


async def _nothing_to_wait_for() -> None:
    """A key of our own is always there."""
