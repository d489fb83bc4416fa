"""The agents a user has made."""

from pathlib import PurePosixPath
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import PlainTextResponse

from outfitter.core.rendering import mcp_config
from outfitter.core.rendering.clients import Client
from outfitter.core.rendering.fitting import fitted
from outfitter.http.bodies import OnceOnly
from outfitter.http.deps import Ask, CurrentUser, Limit, Offset, PresentUser, RequestId
from outfitter.http.document import refusals
from outfitter.http.schemas.agents import AgentAnswer, AgentsAnswer, AgentSummary

router = APIRouter(prefix="/api/agents", tags=["agents"], route_class=OnceOnly)

AgentId = Annotated[
    UUID, Path(description="The `agent_id` of an answer, or the `id` of an agent in the list.")
]
ForClient = Annotated[Client, Query(description="The MCP client that will read the file.")]

_TEXT = {"schema": {"type": "string"}}
_NAMED = {
    "Content-Disposition": {
        "description": 'The name of the file, as in `attachment; filename="mcp.json"`.',
        "schema": {"type": "string"},
    }
}
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": _NAMED,
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_CONFIG: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": _NAMED,
        "content": {"text/plain": _TEXT, "application/json": {"schema": {"type": "object"}}},
    }
}


@router.get("")
async def agents(
    user: CurrentUser, ask: Ask, limit: Limit = 20, offset: Offset = 0
) -> AgentsAnswer:
    """The user's agents, newest first: each version of each is one."""
    found, total = await ask.agents.page(user, limit=limit, offset=offset)
    summaries = [
        AgentSummary(
            id=UUID(one.id),
            session_id=UUID(one.session_id),
            version=one.version,
            name=one.name,
            servers=list(one.servers),
            created_at=one.created_at,
        )
        for one in found
    ]
    return AgentsAnswer(agents=summaries, total_count=total)


@router.get("/{agent_id}")
async def agent(agent_id: AgentId, user: CurrentUser, ask: Ask) -> AgentAnswer:
    """One agent with its whole configuration, in which names stand for values."""
    found = await ask.agents.one(user, str(agent_id))
    return AgentAnswer(
        id=UUID(found.id),
        session_id=UUID(found.session_id),
        version=found.version,
        name=found.spec.name,
        created_at=found.created_at,
        tools={one.server.name: list(one.tools) for one in fitted(found.spec)},
        steps=list(found.spec.steps),
        **mcp_config.render(found.spec),
    )


@router.get("/{agent_id}/bundle", response_class=Response, responses=_ZIP)
async def agent_bundle(agent_id: AgentId, user: CurrentUser, ask: Ask) -> Response:
    """The agent as a zip that runs in fast-agent; references only, no values.

    The folder in it has a README that says how to start it; the values come from
    `POST /api/agents/{agent_id}/env`.
    """
    return Response(
        await ask.agents.bundle(user, str(agent_id)),
        media_type="application/zip",
        headers=_attached(f"agent-{agent_id}.zip"),
    )


@router.get("/{agent_id}/config", response_class=Response, responses=_CONFIG)
async def agent_config(
    agent_id: AgentId, user: CurrentUser, ask: Ask, client: ForClient = Client.FAST_AGENT
) -> Response:
    """The agent's servers as the configuration file of a client; references only, no values.

    The name that the client wants the file to have is in `Content-Disposition`.
    """
    file = await ask.agents.config(user, str(agent_id), client)
    name = PurePosixPath(file.name).name
    return Response(file.text, media_type=file.media_type, headers=_attached(name))


@router.post("/{agent_id}/env", response_class=PlainTextResponse, responses=refusals(409, 502))
async def agent_env(
    agent_id: AgentId, user: PresentUser, ask: Ask, request_id: RequestId
) -> PlainTextResponse:
    """The agent's `.env` with the real values: audited, and five times an hour at most.

    The five are of all agents together. The sign-in must still stand: one that was ended is
    refused, though its token has time left.
    """
    text = await ask.agents.env(user, str(agent_id), request_id)
    return PlainTextResponse(text, headers={"Cache-Control": "no-store"})


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
