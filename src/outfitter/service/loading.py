"""Servers brought into the catalogue: embedded, written once, and not again while unchanged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import catalogue
from outfitter.adapters.store.catalogue import Embedded
from outfitter.core.catalogue import Server
from outfitter.core.entries.columns import content_hash
from outfitter.core.entries.succession import follows
from outfitter.core.errors import Refused
from outfitter.core.finding.searchable import texts_of
from outfitter.core.finding.vectors import Embed, Vector, blend

BATCH = 64
# How many servers are looked up at once, and from how many new ones the indexes are made anew.
MANY = 500

# The share of its name in a server's own vector; the description has the rest.
_NAME = 0.4

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many servers were written, needed no change and were given, and why some were refused."""

    written: int
    unchanged: int
    total: int
    refused: tuple[str, ...] = ()


class Loader:
    """Writes the catalogue, as its owner; `model` is what its vectors are made with."""

    def __init__(self, owner: Database, embed: Embed, model: str) -> None:
        self._owner = owner
        self._embed = embed
        self._model = model

    async def load(self, servers: Sequence[Server], progress: Progress) -> Loaded:
        """Write what is new or changed, and embed anew whatever another model embedded.

        All or nothing: it is one transaction, opened when every vector is there.
        """
        stale, changed = await self._stale(servers)
        entries = await self._embedded(stale, progress)
        async with self._owner.as_owner() as tx:
            # An import that was killed may have left the catalogue without them. They come before
            # the rows: two loads would each wait for what the other has written.
            await catalogue.make_indexes(tx)
            await catalogue.upsert(tx, entries, self._model)
        return Loaded(len(entries), len(servers) - changed, len(servers))

    async def bring(self, servers: Sequence[Server], progress: Progress) -> Loaded:
        """Write what is new or changed, some at a time; what is written stays if the rest fails.

        An entry that differs in nothing but where and when it was found is left as it is, and so is
        one whose name another source gives to something else.
        Raises Refused if another model embedded the catalogue.
        """
        async with self._owner.as_owner() as tx:
            known = await catalogue.known(tx)
        require_model({model for _, model in known.values()} or {self._model}, self._model)
        stale, refused = await self._changed(servers)
        # Grown row by row, the indexes take many times as long as made at once.
        if len(stale) >= MANY and len(stale) > len(known):
            async with self._owner.as_owner() as tx:
                await catalogue.drop_indexes(tx)
        try:
            await self._written(stale, progress)
        finally:
            async with self._owner.as_owner() as tx:
                await catalogue.make_indexes(tx)
        unchanged = len(servers) - len(stale) - len(refused)
        return Loaded(len(stale), unchanged, len(servers), tuple(refused))

    async def origins(self) -> dict[str, str]:
        """For each server of the catalogue the name it was imported by, or nothing."""
        async with self._owner.as_owner() as tx:
            return await catalogue.origins(tx)

    async def _changed(self, servers: Sequence[Server]) -> tuple[list[Server], list[str]]:
        """The servers to write, and what is said of those that would replace another."""
        changed: list[Server] = []
        refused: list[str] = []
        for start in range(0, len(servers), MANY):
            part = servers[start : start + MANY]
            async with self._owner.as_owner() as tx:
                there = await catalogue.by_name(tx, [one.name for one in part])
            for one in part:
                old = there.get(one.name)
                if old and not follows(one, old):
                    refused.append(f"{one.name}: it is something else in {old.provenance}")
                elif not _same(one, old):
                    changed.append(one)
        return changed, refused

    async def _written(self, stale: Sequence[Server], progress: Progress) -> None:
        for start in range(0, len(stale), BATCH):
            entries = await self._embedded(stale[start : start + BATCH], _unseen)
            async with self._owner.as_owner() as tx:
                await catalogue.upsert(tx, entries, self._model)
            progress(start + len(entries), len(stale))

    async def _stale(self, servers: Sequence[Server]) -> tuple[list[Server], int]:
        """The servers to write, and how many of them were given: others may need embedding anew."""
        async with self._owner.as_owner() as tx:
            known = await catalogue.known(tx)
            given = {server.name for server in servers}
            foreign = [
                name
                for name, (_, model) in known.items()
                if model != self._model and name not in given
            ]
            others = await catalogue.by_name(tx, foreign) if foreign else {}
        changed = [
            server
            for server in servers
            if known.get(server.name) != (content_hash(server), self._model)
        ]
        return [*changed, *others.values()], len(changed)

    async def _embedded(self, servers: Sequence[Server], progress: Progress) -> list[Embedded]:
        texts = [text for server in servers for text in texts_of(server)]
        vectors: list[Vector] = []
        for start in range(0, len(texts), BATCH):
            vectors += await self._embed(texts[start : start + BATCH])
            progress(len(vectors), len(texts))
        rest = iter(vectors)
        return [
            Embedded(
                server,
                blend(next(rest), next(rest), _NAME),
                tuple(next(rest) for _ in server.tools),
            )
            for server in servers
        ]


def _same(server: Server, there: Server | None) -> bool:
    return there is not None and there == server.model_copy(update={"provenance": there.provenance})


def _unseen(_done: int, _total: int) -> None:
    """Show nothing: the progress of an import is told batch by batch."""


def require_model(present: set[str], model: str) -> None:
    """Refuse a catalogue whose vectors this service cannot compare with its own."""
    if not present:
        raise Refused("The catalogue is empty: run `outfitter catalogue load`.")
    if present != {model}:
        others = ", ".join(sorted(present - {model}))
        raise Refused(
            f"The catalogue was embedded with {others}, this service embeds with {model}: "
            "run `outfitter catalogue load` to embed it anew."
        )
