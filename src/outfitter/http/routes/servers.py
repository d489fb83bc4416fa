"""The catalogue, browsed and searched."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from outfitter.core.catalogue import Server
from outfitter.core.printable import visible
from outfitter.http.bodies import OnceOnly
from outfitter.http.deps import Ask, CurrentUser, Limit, Offset
from outfitter.http.schemas.servers import Searched, ServerAnswer, ServersAnswer, ServerSummary
from outfitter.http.schemas.shapes import Name

router = APIRouter(prefix="/api/servers", tags=["catalogue"], route_class=OnceOnly)

Asked = Annotated[
    Searched,
    Query(description="What a server should do, in your own words, or its name; without it, all."),
]
ServerName = Annotated[Name, Path(description="The `name` of a server in the list.")]


@router.get("")
async def servers(
    user: CurrentUser, ask: Ask, q: Asked = "", limit: Limit = 20, offset: Offset = 0
) -> ServersAnswer:
    """The servers nearest to `q`, or all of them by name."""
    if wanted := visible(q).strip():
        near, total = await ask.catalogue.search(user, wanted, limit=limit, offset=offset)
        shown = [_summary(one.server, round(one.score, 3)) for one in near]
    else:
        found, total = await ask.catalogue.page(user, limit=limit, offset=offset)
        shown = [_summary(server) for server in found]
    return ServersAnswer(servers=shown, total_count=total)


@router.get("/{name}")
async def server(name: ServerName, user: CurrentUser, ask: Ask) -> ServerAnswer:
    """One server, what it needs, and every step to get it."""
    found = await ask.catalogue.one(user, name)
    return ServerAnswer.model_validate(found, from_attributes=True)


def _summary(server: Server, score: float | None = None) -> ServerSummary:
    return ServerSummary(
        name=server.name,
        title=server.title,
        description=server.description,
        service=server.service,
        category=server.category,
        official=server.official,
        access=server.access,
        status=server.status,
        tools=len(server.tools),
        required_credentials=list(server.required_tokens),
        score=score,
    )
