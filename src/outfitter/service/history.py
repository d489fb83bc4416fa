"""Conversations read back, and deleted."""

from collections.abc import Mapping
from typing import Any

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials, history
from outfitter.adapters.store.history import SessionPage
from outfitter.core.errors import NO_SESSION, NotFound
from outfitter.core.user import User


class History:
    """A user's sessions and messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self, user: User, *, limit: int, offset: int, session_id: str | None
    ) -> SessionPage:
        """Sessions with their messages, newest session first.

        Raises NotFound if a session is named that is not theirs.
        """
        async with self._database.transaction(user) as tx:
            found = await history.page(tx, user, limit=limit, offset=offset, session=session_id)
        if session_id is not None and not found.total_count:
            raise NotFound(NO_SESSION)
        return found

    async def session(self, user: User, session_id: str) -> dict[str, Any]:
        """One session and all its messages; credentials are named, never shown."""
        async with self._database.transaction(user) as tx:
            found = await history.session_with_messages(tx, user, session_id)
            stored = await credentials.list_keys(tx, user)
        if found is None:
            raise NotFound(NO_SESSION)
        session, messages = found
        session["collected_credentials"] = _configured(session["collected_credentials"], stored)
        return {"session": session, "messages": messages}

    async def delete(self, user: User, session_id: str, request_id: str | None) -> None:
        """Delete a session with its messages and agents."""
        async with self._database.transaction(user) as tx:
            if not await history.delete(tx, user, session_id, request_id):
                raise NotFound(NO_SESSION)


def _configured(
    collected: Mapping[str, Any], stored: list[credentials.StoredKey]
) -> dict[str, list[dict[str, Any]]]:
    """For each server the session uses, the keys that are there by now."""
    shown: dict[str, list[dict[str, Any]]] = {server: [] for server in collected}
    for one in stored:
        if one.server in shown:
            shown[one.server].append(
                {"key": one.key, "configured": True, "updated_at": one.updated_at}
            )
    return shown
