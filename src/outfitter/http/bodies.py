"""Bodies and queries as the routes read them: few members, and none that is there twice."""

import json
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams

# Four times what any request has a use for.
MOST_MEMBERS = 500


class Twice:
    """Stands where a member or parameter is there more than once, and is valid nowhere."""


class OnceOnly(APIRoute):
    """A route that takes no member of a body and no parameter of a query more than once.

    Of two values parsers take the first or the last, and whoever looked on took the other.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, given a request that reads its body and query so."""
        handle = super().get_route_handler()

        async def handle_once_only(request: Request) -> Response:
            return await handle(_OnceOnly(request.scope, request.receive))

        return handle_once_only


class _OnceOnly(Request):
    @property
    def query_params(self) -> QueryParams:
        return _Parameters(super().query_params)

    async def json(self) -> Any:  # noqa: ANN401 - as the framework's own
        # Given bytes, the parser would take other encodings too, which who looks on may not read.
        text = (await self.body()).decode("utf-8-sig", "surrogatepass")
        members = 0

        def counted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            nonlocal members
            members += len(pairs)
            # To complain of each takes longer than all the rest.
            if members > MOST_MEMBERS:
                raise ValueError("The body has too many members.")
            return _once_only(pairs)

        return json.loads(text, object_pairs_hook=counted)


class _Parameters(QueryParams):
    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as the framework's own
        return Twice() if len(self.getlist(key)) > 1 else super().get(key, default)


def _once_only(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        times = Counter(name for name, _ in pairs)
        members |= {name: Twice() for name, n in times.items() if n > 1}
    return members
