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
        self._keys = keys
        self._leaves = False
        self._warned = False

    def leave(self) -> None:
        """From now on say that requests should go elsewhere."""
        self._leaves = True

    async def check(self) -> None:
        """Raise Refused with what to do, or Unavailable, if requests could not be answered.

        What the service could do and should not be able to is logged, once.
        """
        await self._database.check(self._head)
        async with self._database.as_owner() as tx:
            self._warn((await role_of(tx)).risk)
        async with self._database.transaction(None) as tx:
            present = await catalogue.models(tx)
        require_model(present, self._model)
        await self._keys()

    async def ready(self) -> None:
        """Raise Unavailable unless requests can be answered."""
        if self._leaves:
            raise Unavailable("The service is stopping.", code="stopping", retry_after=5)
        try:
            await self.check()
        except Refused as refused:
            raise Unavailable(refused.detail, code="not_ready", retry_after=5) from None

    def _warn(self, risk: str | None) -> None:
        if risk and not self._warned:
            self._warned = True
            _log.warning(risk)
