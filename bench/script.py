"""The SQL of one turn as the service sends it, and its replay without the service."""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Statement: TypeAlias = tuple[str, list[Any]]


@dataclass(frozen=True)
class Script:
    """The transactions of a turn, whose they were, and what the two models were asked for it."""

    transactions: list[list[Statement]]
    user: str
    embedded: tuple[str, ...]
    asked: dict[str, Any]

    def write(self, path: Path) -> None:
        """Keep it for another process."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """What another process kept."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    @property
    def ids(self) -> set[str]:
        """The ids that the turn made: another turn makes its own."""
        values = [one for said in self.transactions for _, given in said for one in given]
        return {one for one in values if isinstance(one, str) and _ID.fullmatch(one)} - {self.user}


@contextmanager
def recorded() -> Iterator[list[list[Statement]]]:
    """The transactions of this process while the context lasts, each with its statements."""
    seen: list[list[Statement]] = []

    def begun(_connection: Connection) -> None:
        seen.append([])

    def said(_connection: object, _cursor: object, sql: str, given: Any, *_rest: object) -> None:  # noqa: ANN401
        seen[-1].append((sql, list(given)))

    event.listen(Engine, "begin", begun)
    event.listen(Engine, "before_cursor_execute", said)
    yield seen
    event.remove(Engine, "before_cursor_execute", said)
    event.remove(Engine, "begin", begun)


class Replay:
    """Says the statements of a script again and again, each time with ids of its own."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._ids = script.ids

    def turn(self, user: str) -> list[list[Statement]]:
        """The transactions of one more turn, of this user."""
        fresh = {one: str(uuid4()) for one in self._ids} | {self._script.user: user}
        return [
            [(sql, [_renamed(value, fresh) for value in given]) for sql, given in said]
            for said in self._script.transactions
        ]


async def say(pool: Any, statements: Sequence[Statement]) -> None:  # noqa: ANN401 - has no types
    """One transaction on one connection of an asyncpg pool."""
    async with pool.acquire() as connection, connection.transaction():
        for sql, given in statements:
            await connection.fetch(sql, *given)


async def take_turns(pool: Any, replay: Replay, user: str, until: float) -> int:  # noqa: ANN401
    """Turns without a model until the loop's clock says so; how many there were."""
    done, clock = 0, asyncio.get_running_loop().time
    while clock() < until:
        for said in replay.turn(user):
            await say(pool, said)
        done += 1
    return done


def _renamed(value: Any, fresh: dict[str, str]) -> Any:  # noqa: ANN401 - any parameter
    # An id stands alone or in short claims; the long documents may keep the old ones.
    if not isinstance(value, str) or len(value) > 300:  # noqa: PLR2004
        return value
    return _ID.sub(lambda found: fresh.get(found[0], found[0]), value)
