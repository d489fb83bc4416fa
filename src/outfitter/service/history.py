"""Conversations read back, and deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import Tx, catalogue, history
from outfitter.adapters.store.credentials import StoredKey
from outfitter.adapters.store.history import SessionPage
from outfitter.adapters.vault import Vault
from outfitter.core.answering import cautions
from outfitter.core.errors import NO_SESSION, NotFound
from outfitter.core.talk import context
from outfitter.core.user import User
from outfitter.service.opening import stored


@dataclass(frozen=True, slots=True)
class Conversation:
    """A session, its messages in order of time, and the names of all that its user has stored.

    Its plan is shown as the answers to its messages show it.
    """

    session: dict[str, Any]
    messages: list[dict[str, Any]]
    stored: list[StoredKey]


class History:
    """A user's sessions and messages."""

    def __init__(self, database: Database, vault: Vault | None) -> None:
        self._database = database
        self._vault = vault

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

    async def session(self, user: User, session_id: str) -> Conversation:
        """One session and all its messages; credentials are named, never shown."""
        async with self._database.transaction(user) as tx:
            found = await history.session_with_messages(tx, user, session_id)
            listed = await stored(tx, user, self._vault)
            if found is None:
                raise NotFound(NO_SESSION)
            session, messages = found
            shown = {**session, "context": await _shown(tx, session["context"])}
        return Conversation(shown, messages, listed)

    async def delete(self, user: User, session_id: str, request_id: str | None) -> None:
        """Delete a session with its messages and agents."""
        async with self._database.transaction(user) as tx:
            if not await history.delete(tx, user, session_id, request_id):
                raise NotFound(NO_SESSION)


async def _shown(tx: Tx, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a session remembers, with the apps that no server of its plan knows."""
    plan = context.plan_of(kept)
    if not plan.names:
        return dict(kept)
    servers = await catalogue.by_name(tx, plan.names)
    return {**kept, "plan": cautions.shown(plan, servers).model_dump(mode="json")}
