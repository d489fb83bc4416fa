"""Agents as their owners get them: read, bundled, and with their values."""

from collections.abc import Mapping, Sequence

from outfitter.adapters.files.archive import zipped
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import AuditOutcome, Tx, agents, credentials, turns
from outfitter.adapters.store.agents import ListedAgent, StoredAgent
from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.vault import Vault
from outfitter.core.agent import AgentSpec
from outfitter.core.errors import Conflict, NotFound, Refused, TooMany
from outfitter.core.quota import Quota
from outfitter.core.rendering import bundle, clients, env_text
from outfitter.core.rendering.clients import Client, ConfigFile
from outfitter.core.user import User
from outfitter.service.opening import opened

_EXPORTS = Quota("exports", 5, 3600)
_EXPORT = "agent.exported"


class Agents:
    """A user's agents; only `env` ever opens a credential."""

    def __init__(self, database: Database, vault: Vault | None) -> None:
        self._database = database
        self._vault = vault

    async def page(self, user: User, *, limit: int, offset: int) -> tuple[list[ListedAgent], int]:
        """A page of agents, newest first, and how many there are in all."""
        async with self._database.transaction(user) as tx:
            return await agents.page(tx, user, limit=limit, offset=offset)

    async def one(self, user: User, agent_id: str) -> StoredAgent:
        """The agent of that id. Raises NotFound if it is not theirs."""
        async with self._database.transaction(user) as tx:
            return await _one(tx, user, agent_id)

    async def bundle(self, user: User, agent_id: str) -> bytes:
        """The agent as a zip that runs in fast-agent; references only."""
        agent = await self.one(user, agent_id)
        files = bundle.render(agent.spec, agent.id, agent.version)
        return zipped(files, bundle.folder_name(agent.spec))

    async def config(self, user: User, agent_id: str, client: Client) -> ConfigFile:
        """The agent's servers as a client's configuration file; references only."""
        agent = await self.one(user, agent_id)
        return clients.render(agent.spec, client)

    async def env(self, user: User, agent_id: str, request_id: str | None) -> str:
        """The agent's `.env` with the real values, five an hour of all agents together.

        Raises NotFound, TooMany, Conflict if a value is gone or cannot be opened, or Refused if
        one cannot be written.
        """
        # Who leaves waits for what is noted of them here, or it would keep their name.
        lock, shares = f"export {user.id}", turns.lock_of(user)
        async with self._database.transaction(user, lock=lock, shares=shares) as tx:
            agent = await _one(tx, user, agent_id)
            if wait := await agents.wait(tx, _EXPORT, _EXPORTS):
                raise TooMany(
                    f"Values can be fetched {_EXPORTS.most} times an hour, all agents together.",
                    reached=_EXPORTS.name,
                    quotas=[_EXPORTS],
                    retry_after=wait,
                )
            names = [one.server.name for one in agent.spec.equipment]
            sealed = await credentials.sealed_of(tx, user, names)
            values = await opened(tx, user, self._vault, sealed, request_id)
            written = _written(agent.spec, sealed, values)
            outcome: AuditOutcome = "ok" if isinstance(written, str) else "refused"
            await agents.note(tx, user, _EXPORT, agent_id, request_id, outcome)
        # Not before the transaction has ended: what was noted must stay.
        if not isinstance(written, str):
            raise written
        return written


def _written(
    spec: AgentSpec, sealed: Sequence[Sealed], values: Mapping[Sealed, str]
) -> str | Conflict | Refused:
    """The `.env`, or why there is none."""
    found = {(one.server, one.key): one for one in sealed}
    try:
        given = {
            one.server.name: {
                key: _value((one.server.name, key), found, values) for key in one.keys
            }
            for one in spec.equipment
        }
        return env_text.render(spec, given)
    except (Conflict, Refused) as fault:
        return fault


def _value(
    place: tuple[str, str], found: Mapping[tuple[str, str], Sealed], values: Mapping[Sealed, str]
) -> str:
    server, key = place
    sealed = found.get(place)
    if sealed is None:
        raise Conflict(
            f"The {key} of {server} is no longer stored; give it again in the chat.",
            code="credential_missing",
        )
    if sealed not in values:
        raise Conflict(
            f"The stored {key} of {server} cannot be read; give it again.",
            code="credential_unreadable",
        )
    return values[sealed]


async def _one(tx: Tx, user: User, agent_id: str) -> StoredAgent:
    agent = await agents.one(tx, user, agent_id)
    if agent is None:
        raise NotFound("There is no such agent.")
    return agent
