"""The databases of a deployment examined, each in one line or with what mends it."""

import asyncio
import time

from outfitter import wiring
from outfitter.adapters.postgres import revisions
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_check import (
    identity_of,
    only_reads,
    replayed_by,
    role_of,
    room_of,
    time_of,
    written_by,
)
from outfitter.adapters.store import catalogue, credentials
from outfitter.adapters.vault import Keyring, Vault
from outfitter.cli import clocks
from outfitter.cli.counting import counted
from outfitter.core.errors import Refused, Unavailable
from outfitter.service.loading import require_model
from outfitter.service.rotation import require_keys, require_right_keys
from outfitter.settings import Settings

# One that follows is there within milliseconds, unless it is reading or catching up just then.
_FOLLOWS_WITHIN, _LOOKS_EVERY = 5.0, 0.1


async def reached(settings: Settings, url: str) -> str:
    """Whether the service can work there."""
    head = revisions.head()
    async with wiring.connected(settings, url, most=2) as database:
        await database.check(head)
        await database.check_pooler()
        async with database.as_owner() as tx:
            if await only_reads(tx):
                raise Refused(
                    "The database takes nothing new: let DATABASE_URL name the primary, or end "
                    "what keeps it from writing."
                )
            asked = time.time()
            clocks.require_same("the database", asked, await time_of(tx), time.time())
    return f"Reached, has pgvector, migrated to {head}."


async def roles(settings: Settings, url: str) -> str:
    """Whether the service has the rights it needs, and no more."""
    async with wiring.connected(settings, url) as database, database.as_owner() as tx:
        role = await role_of(tx)
    if role.risk:
        raise Refused(role.risk)
    return f"{role.name} acts as whoever asks, under row security."


async def connections(settings: Settings, url: str) -> str:
    """Whether all processes may have the connections that are set."""
    async with wiring.connected(settings, url) as database, database.as_owner() as tx:
        return wiring.connections(settings, await room_of(tx))


async def servers(settings: Settings, url: str) -> str:
    """What can be chosen there."""
    model = wiring.embedding_model(settings)
    async with wiring.connected(settings, url) as database, database.transaction(None) as tx:
        require_model(await catalogue.models(tx), model)
        _, total = await catalogue.page(tx, limit=1, offset=0)
    return f"{counted(total, 'server')}, embedded with {model}."


async def replica(settings: Settings, url: str, served: str | None) -> str:
    """Whether the catalogue can be searched there, and is that of the primary."""
    written = await _written(settings, served) if served else 0
    try:
        async with wiring.connected(settings, url) as database:
            await _require_tables(database)
            async with database.transaction(None) as tx:
                require_model(await catalogue.models(tx), wiring.embedding_model(settings))
            behind = await _behind(database, written)
    except Unavailable as away:
        mending = "Start the replica, correct CATALOGUE_DATABASE_URL, or unset it."
        raise Unavailable(f"{away.detail} {mending}") from None
    if behind is None:
        return "Reached, but follows no other server."
    if behind:
        raise Refused(
            f"The replica does not keep up, it lacks {counted(behind, 'byte')} of the primary's "
            "log: let it follow again, or unset CATALOGUE_DATABASE_URL."
        )
    return "Searched for the catalogue."


async def _require_tables(database: Database) -> None:
    """Refuse what is no copy of a database that was migrated here."""
    try:
        await database.check(revisions.head())
    except Refused:
        raise Refused(
            "The database there lacks the tables of this version: let CATALOGUE_DATABASE_URL name "
            "a replica of DATABASE_URL's, or unset it."
        ) from None


async def _behind(database: Database, written: int) -> int | None:
    """How much is not there soon of what was written; None if the database follows no other."""
    end = time.monotonic() + _FOLLOWS_WITHIN
    while True:
        async with database.as_owner() as tx:
            place = await replayed_by(tx)
        if place is None:
            return None
        if place >= written or time.monotonic() > end:
            return max(0, written - place)
        await asyncio.sleep(_LOOKS_EVERY)


async def _written(settings: Settings, url: str) -> int:
    async with wiring.connected(settings, url) as database, database.as_owner() as tx:
        return await written_by(tx)


async def owner(settings: Settings, url: str, served: str | None) -> str:
    """Whether what the owner writes is where the service reads."""
    async with wiring.owning(Database(url, pool_size=1)) as database, database.as_owner() as tx:
        migrated = await identity_of(tx)
    if served:
        async with wiring.connected(settings, served) as database, database.as_owner() as tx:
            if await identity_of(tx) != migrated:
                raise Refused(
                    "Reaches another database than DATABASE_URL: let both name the same one."
                )
    needing = "`outfitter migrate`, `catalogue`, `keys rotate` and `prune`"
    return f"Reached; {needing} need it, `serve` does not."


async def seals(ring: Keyring | None, url: str) -> str:
    """Whether the keys that are set open what is stored."""
    async with wiring.owning(Database(url, pool_size=1)) as database, database.as_owner() as tx:
        sealed = await credentials.values_by_key(tx)
        samples = await credentials.samples_by_key(tx)
    require_keys(sealed, ring.keys if ring else ())
    if ring:
        require_right_keys(samples, Vault(ring))
    return f"{counted(sum(sealed.values()), 'credential')} stored, each under a key that is set."
