"""Each part of the service, made as the settings say."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.fallback import WithFallback
from outfitter.adapters.ai.hurried import Hurried
from outfitter.adapters.ai.kept_vectors import KeptVectors
from outfitter.adapters.ai.late import Late
from outfitter.adapters.ai.typical_needs import TypicalNeeds
from outfitter.adapters.files import experience_file
from outfitter.adapters.metrics import Metrics
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.vault import LOCAL_KEYS, Keyring, Vault, local_keyring
from outfitter.core.analysis import Analysis, Question
from outfitter.core.finding.capabilities import CAPABILITIES
from outfitter.core.quota import Pace
from outfitter.core.quota import pace as paced
from outfitter.core.talk import offline
from outfitter.core.talk.amending import amended
from outfitter.service.finding import Finding
from outfitter.settings import Settings

if TYPE_CHECKING:
    from outfitter.adapters.ai.claude import Called, ClaudeAnalyzer
    from outfitter.adapters.ai.openai_embeddings import OpenAIEmbedder

# Enough to wait for a connection and write; whoever repeats a lost turn after a minute has it made.
_AFTER_THE_MODEL = 25.0

Embedder: TypeAlias = "LocalEmbedder | OpenAIEmbedder"


def embedder(settings: Settings) -> Embedder:
    """OpenAI's embeddings if there is a key, else the model in the package."""
    if settings.openai_api_key is None:
        return LocalEmbedder()
    return _openai()(settings.openai_api_key.get_secret_value(), settings.openai_base_url)


def embedding_model(settings: Settings) -> str:
    """The name of the model that embeds texts here."""
    return LocalEmbedder.model if settings.openai_api_key is None else _openai().model


def _openai() -> "type[OpenAIEmbedder]":
    # The models' clients take seconds to import: a start without their keys does without.
    from outfitter.adapters.ai.openai_embeddings import OpenAIEmbedder  # noqa: PLC0415

    return OpenAIEmbedder


def claude(settings: Settings, called: "Called | None" = None) -> "ClaudeAnalyzer":
    """Claude as it is set; there must be a key. `called` is told of each call."""
    from outfitter.adapters.ai.claude import Bounds, ClaudeAnalyzer  # noqa: PLC0415 - see _openai

    key = settings.anthropic_api_key
    return ClaudeAnalyzer(
        api_key=key.get_secret_value() if key else "",
        model=settings.anthropic_model,
        base_url=settings.anthropic_base_url,
        bounds=Bounds(settings.model_max_tokens, settings.model_timeout),
        called=called,
    )


def backends(settings: Settings) -> dict[str, str]:
    """Which part does what here, for the lines a start prints."""
    model = f"Claude ({settings.anthropic_model})"
    return {
        "database": "DATABASE_URL" if settings.database_url else "embedded Postgres",
        "sign-in": settings.supabase_url or "newcomer mode, tokens made on this machine",
        "analyzer": model if settings.anthropic_api_key else "offline",
        "embeddings": embedding_model(settings),
        "credentials": _sealing(settings),
    }


def _sealing(settings: Settings) -> str:
    if settings.credential_keys is not None:
        return "sealed with CREDENTIAL_KEYS"
    if settings.supabase_url is not None:
        return "refused, no CREDENTIAL_KEYS"
    return "sealed with a key in DATA_DIR"


def swift_embedder(
    settings: Settings, ending: AsyncExitStack, *, warm: bool
) -> LocalEmbedder | Hurried:
    """The embedder for requests: loaded ahead of use, or given up on when it takes long."""
    embed = embedder(settings)
    ending.push_async_callback(embed.close)
    if not isinstance(embed, LocalEmbedder):
        return Hurried(embed, embed.model, time.monotonic)
    if warm:
        embed.warm()
    return embed


def finding(embed: "Embedder | Hurried", servers: int = 2048) -> Finding:
    """What looks for servers; it embeds our own wordings of implied needs once."""
    kept = KeptVectors(embed, (one.hint for one in CAPABILITIES))
    typical = TypicalNeeds()
    lean = typical if typical.model == embed.model else typical.by_words
    return Finding(kept, lean, met=typical.met, hear=typical.hear, servers=servers)


def database(settings: Settings, url: str) -> Database:
    """A database with the pool that is set."""
    return Database(
        url,
        pool_size=settings.db_pool_size,
        pool_timeout=settings.db_pool_timeout,
        pooler=settings.db_pooler,
    )


def replica(settings: Settings, ending: AsyncExitStack) -> Database | None:
    """The database that answers for the catalogue, where there is one of its own."""
    if settings.catalogue_database_url is None:
        return None
    found = database(settings, settings.catalogue_database_url.get_secret_value())
    ending.push_async_callback(found.close)
    return found


def pace(settings: Settings) -> Pace:
    """How fast turns may come; one is given up when no model can still be working on it."""
    return paced(
        per_minute=settings.turns_per_minute,
        per_day=settings.turns_per_day,
        patience=settings.model_deadline + _AFTER_THE_MODEL,
    )


def vault(settings: Settings) -> Vault | None:
    """What seals credentials; nothing where a deployment has no keys for it."""
    if settings.credential_keys is not None:
        return Vault(Keyring.parse(settings.credential_keys.get_secret_value()))
    if settings.supabase_url is not None:
        return None
    return Vault(local_keyring(settings.data_dir / LOCAL_KEYS))


def analyzer(
    settings: Settings, ending: AsyncExitStack, metrics: Metrics, *, warm: bool
) -> WithFallback:
    """Claude if there is a key, and the offline analyzer for when it gives no answer."""
    read = offline_reader()
    if settings.anthropic_api_key is None:
        return WithFallback(None, read, deadline=settings.model_deadline)
    model = Late(partial(claude, settings, metrics.called))
    ending.push_async_callback(model.close)
    if warm:
        model.warm()
    return WithFallback(model, read, deadline=settings.model_deadline, failed=metrics.model_failed)


def offline_reader() -> Callable[[Question], Analysis]:
    """What reads messages without a model that writes: by rules, amended by experience."""
    experience = experience_file.read()

    def read(question: Question) -> Analysis:
        asked = replace(question, tells_how=experience.tells_how)
        return amended(asked, offline.read(asked), experience)

    return read
