"""What routes are given: who asks, what can be done for them, and the request's id."""

import re
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.security import HTTPBearer
from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

from outfitter.core.errors import Forbidden, Unauthenticated
from outfitter.core.user import User
from outfitter.http.check_gate import CheckGate
from outfitter.http.client_address import canonical
from outfitter.http.token_gate import TokenGate
from outfitter.service.services import Services

_DIGITS = re.compile("-?[0-9]+")
_NOT_SIGNED_IN = "Sign in first: send `Authorization: Bearer <access token>`."

# Only for the OpenAPI document: it would take a second Authorization header without a word.
_bearer = HTTPBearer(
    auto_error=False,
    bearerFormat="JWT",
    description="The access token of a sign-in; where the service signs its own, "
    "`outfitter token` prints one.",
)


# These are coroutines because a plain function would be called in another thread.


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _request_id(request: Request) -> str:
    request_id: str = request.state.request_id
    return request_id


async def _address(request: Request) -> str | None:
    # The server has put there what a trusted proxy says, see FORWARDED_ALLOW_IPS.
    return canonical(request.client.host if request.client else None)


async def _gate(request: Request) -> TokenGate:
    gate: TokenGate = request.app.state.token_gate
    return gate


async def _check_gate(request: Request) -> CheckGate:
    gate: CheckGate = request.app.state.check_gate
    return gate


Address = Annotated[str | None, Depends(_address)]
Gate = Annotated[TokenGate, Depends(_gate)]
Checks = Annotated[CheckGate, Depends(_check_gate)]
Ask = Annotated[Services, Depends(_services)]
RequestId = Annotated[str, Depends(_request_id)]


async def _token(request: Request, _shown: Annotated[object, Depends(_bearer)]) -> str:
    given = request.headers.getlist("authorization")
    scheme, _, token = (given[0] if len(given) == 1 else "").partition(" ")
    token = token.strip(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated(_NOT_SIGNED_IN)
    return token


Token = Annotated[str, Depends(_token)]


async def _current_user(token: Token, ask: Ask, gate: Gate, address: Address) -> User:
    with gate.listening(address, known=lambda: ask.knows(token)):
        return replace(await ask.identify(token), address=address)


CurrentUser = Annotated[User, Depends(_current_user)]


async def _present_user(token: Token, user: CurrentUser, ask: Ask, checks: Checks) -> User:
    checks.count(user)
    if not await ask.sign_in.is_still_valid(token):
        raise Forbidden("This sign-in has ended; sign in again.", code="session_ended")
    return user


PresentUser = Annotated[User, Depends(_present_user)]


def _plain_digits(given: object) -> object:
    # The validator would take 1_0, +5 and 5.0 too.
    if isinstance(given, str) and not _DIGITS.fullmatch(given):
        raise PydanticKnownError("int_parsing")
    return given


_PLAIN = BeforeValidator(_plain_digits)
Limit = Annotated[int, Query(ge=1, le=100, description="How many to show on this page."), _PLAIN]
Offset = Annotated[
    int,
    Query(ge=0, le=1_000_000, description="How many to pass over; 0 begins with the first."),
    _PLAIN,
]
