"""Whether the service can do its work just now."""

from collections.abc import Awaitable, Callable

import structlog

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.postgres.database_check import role_of
from outfitter.adapters.store import catalogue
from outfitter.core.errors import Refused, Unavailable
from outfitter.service.loading import require_model

_log = structlog.get_logger("outfitter.service")


class Health:
    """Asks everything that a request would need."""

    def __init__(
        self, database: Database, *, head: str, model: str, keys: Callable[[], Awaitable[None]]
    ) -> None:
        self._database = database
        self._head = head
        self._model = model
        self._parts = {"database": self._look, "catalogue": self._browse, "sign-in keys": keys}
        self._leaves = False
        self._blamed: str | None = None
        self._warned = False

    def leave(self) -> None:
        """From now on say that requests should go elsewhere."""
        self._leaves = True

    async def check(self) -> None:
        """Raise Refused with what to do, or Unavailable, if requests could not be answered.

        What the service could do and should not be able to is logged, once.
        """
        for look in self._parts.values():
            await look()

    async def ready(self) -> None:
        """Raise Unavailable unless requests can be answered.

        Whoever asks is told which part is to blame; why, with addresses and roles, is logged when
        it begins.
        """
        if self._leaves:
            raise Unavailable("The service is stopping.", code="stopping", retry_after=5)
        for part, look in self._parts.items():
            try:
                await look()
            except (Refused, Unavailable) as error:
                self._blame(error.detail)
                said = f"The {part} cannot serve requests just now; the log says why."
                raise Unavailable(said, code="not_ready", retry_after=5) from None
        self._blamed = None

    async def _look(self) -> None:
        await self._database.check(self._head)
        async with self._database.as_owner() as tx:
            role = await role_of(tx)
        if role.risk and not self._warned:
            self._warned = True
            _log.warning(role.risk)

    async def _browse(self) -> None:
        async with self._database.transaction(None) as tx:
            present = await catalogue.models(tx)
        require_model(present, self._model)

    def _blame(self, said: str) -> None:
        if said != self._blamed:
            self._blamed = said
            _log.warning(said)
