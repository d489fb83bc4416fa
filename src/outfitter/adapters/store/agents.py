"""Agents as they were made, and what is noted in the audit log of their use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from outfitter.adapters.store import AuditOutcome, Tx
from outfitter.core.agent import AgentSpec
from outfitter.core.quota import Quota
from outfitter.core.user import User

_ONE = text(
    """
    SELECT id, session_id, version, spec, created_at FROM agents
    WHERE id = CAST(:agent AS uuid) AND user_id = CAST(:user AS uuid)
    """
)

_COUNT = text("SELECT count(*) FROM agents WHERE user_id = CAST(:user AS uuid)")

# Of each agent no more than is shown: what it is in full is many pages.
_PAGE = text(
    """
    SELECT id, session_id, version, name, created_at,
           jsonb_path_query_array(spec, '$.equipment[*].server.name') AS servers
    FROM agents
    WHERE user_id = CAST(:user AS uuid)
    ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset
    """
)

_WAIT = text("SELECT action_wait(:action, :most, make_interval(secs => :seconds))")

_NOTE = text(
    """
    INSERT INTO audit_log (id, user_id, action, object, outcome, request_id, ip)
    VALUES (gen_random_uuid(), CAST(:user AS uuid), :action, :object, :outcome, :request_id,
            CAST(CAST(:address AS text) AS inet))
    """
)


@dataclass(frozen=True, slots=True)
class StoredAgent:
    """An agent with its place in the conversation that made it."""

    id: str
    session_id: str
    version: int
    spec: AgentSpec
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ListedAgent:
    """An agent as lists show it, with its servers by name."""

    id: str
    session_id: str
    version: int
    name: str
    servers: tuple[str, ...]
    created_at: datetime


async def one(tx: Tx, user: User, agent: str) -> StoredAgent | None:
    """The agent of that id, if it is theirs."""
    row = (await tx.execute(_ONE, {"user": user.id, "agent": agent})).one_or_none()
    return None if row is None else _agent(row)


async def page(tx: Tx, user: User, *, limit: int, offset: int) -> tuple[list[ListedAgent], int]:
    """A page of agents, newest first, and how many there are in all."""
    total = int((await tx.execute(_COUNT, {"user": user.id})).scalar_one())
    rows = await tx.execute(_PAGE, {"user": user.id, "limit": limit, "offset": offset})
    return [_listed(row) for row in rows], total


async def wait(tx: Tx, action: str, quota: Quota) -> int:
    """For how many seconds the caller may not do that again; 0 if they may."""
    asked = {"action": action, "most": quota.most, "seconds": quota.seconds}
    return int((await tx.execute(_WAIT, asked)).scalar_one())


async def note(
    tx: Tx,
    user: User,
    action: str,
    subject: str,
    request_id: str | None,
    outcome: AuditOutcome = "ok",
) -> None:
    """Write to the audit log; no values, only names."""
    await tx.execute(
        _NOTE,
        {
            "user": user.id,
            "address": user.address,
            "action": action,
            "object": subject,
            "outcome": outcome,
            "request_id": request_id,
        },
    )


def _listed(row: Any) -> ListedAgent:  # noqa: ANN401 - a row's columns are known to its query
    ids, servers = (str(row.id), str(row.session_id)), tuple(row.servers)
    return ListedAgent(*ids, row.version, row.name, servers, row.created_at)


def _agent(row: Any) -> StoredAgent:  # noqa: ANN401 - a row's columns are known to its query
    spec = AgentSpec.from_stored(row.spec)
    return StoredAgent(str(row.id), str(row.session_id), row.version, spec, row.created_at)
