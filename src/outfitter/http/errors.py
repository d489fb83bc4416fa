"""How every error looks on the wire: RFC 9457 problem details, one shape for all."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ConfigDict
from starlette.exceptions import HTTPException

from outfitter.core import errors
from outfitter.core.described import Described
from outfitter.core.printable import named
from outfitter.http.bodies import MOST_MEMBERS, Twice

STATUS: Mapping[type[errors.OutfitterError], int] = {
    errors.NotFound: 404,
    errors.Refused: 422,
    errors.UnknownCredential: 422,
    errors.BadCatalogue: 422,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.KeyReused: 409,
    errors.StillRunning: 409,
    errors.TooMany: 429,
    errors.TooManyTurns: 429,
    errors.SignInFailed: 401,
    errors.UpstreamFailed: 502,
    errors.NotSetUp: 503,
    errors.Unavailable: 503,
}

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}
# The framework gives up on a body that its parser cannot even begin with, and on its own says no
# more than the status does.
_DETAILS = {
    400: "The body cannot be read: send JSON in UTF-8, uncompressed, not deeply nested, "
    f"and of at most {MOST_MEMBERS} members in all.",
    404: "Nothing answers at this path: see how it is spelled, and that no slash ends it.",
    405: "This path takes other methods: the header Allow names them.",
}
# RFC 9110's names, where older versions of Python have those of before.
_TITLES = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
_SHOWN = 20
# Of a name, in characters: more than a secret has. One may be as long as the body.
_READ = 1_000
# Where the validator speaks of its own workings, or repeats a part of the value.
_PLAINLY = {
    "dict_type": "Input should be a JSON object",
    "extra_forbidden": "There is no such field",
    "int_parsing": "Input should be a whole number in plain digits",
    "int_parsing_size": "Input should be a smaller number",
    "json_invalid": "The body is no JSON from here on",
    "model_attributes_type": "Input should be a JSON object",
    "string_pattern_mismatch": "Input has characters that cannot stand there",
    "string_unicode": "Input has half a character in it",
    "uuid_parsing": "Input should be a UUID",
    "uuid_type": "Input should be a UUID",
}


class FieldProblem(Described):
    """What is wrong with one field, without its value."""

    field: str
    """Where in the request, with dots between the names: `body.message` or `query.limit`."""

    message: str
    """What it should be instead."""


class Problem(Described):
    """The body of every 4xx and 5xx answer."""

    # What is not there is left out of the body.
    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    type: str
    """Always `about:blank`: `code` tells the kinds of problem apart."""

    title: str
    """The status in words."""

    status: int
    """The HTTP status of this answer."""

    detail: str
    """What went wrong and what to do about it, as a sentence for the user."""

    code: str
    """The kind of problem as one stable word for programs, such as `not_found` or `too_many_turns`.
    """

    request_id: str | None = None
    """What to quote to whoever runs the service; also in the header `X-Request-ID`."""

    errors: list[FieldProblem] | None = None
    """The first 20 fields that are not as they should be; absent where no field is to blame."""


def title_of(status: int) -> str:
    """The status in words, the same ones on every version of Python."""
    return _TITLES.get(status) or HTTPStatus(status).phrase


def problem(
    scope: Mapping[str, Any],
    status: int,
    code: str,
    detail: str,
    *,
    fields: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One problem as an answer to the request of that scope."""
    body = Problem(
        type="about:blank",
        title=title_of(status),
        status=status,
        detail=detail,
        code=code,
        request_id=scope.get("state", {}).get("request_id"),
        errors=fields,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True),
        status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )


def unexpected(scope: Mapping[str, Any]) -> JSONResponse:
    """The answer to a request that broke: it tells nothing of the inside."""
    return problem(scope, 500, "internal", "Something went wrong on our side.")


def install(app: FastAPI) -> None:
    """Make the app answer every error as a problem."""
    app.add_exception_handler(errors.OutfitterError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.OutfitterError)  # noqa: S101 - registered for no other
    return problem_of(request.scope, error)


def problem_of(scope: Mapping[str, Any], error: errors.OutfitterError) -> JSONResponse:
    """An error of ours as an answer to the request of that scope."""
    status = STATUS[type(error)]
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.StillRunning | errors.TooMany | errors.Unavailable):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.TooMany):
        headers |= _rate_limit(error)
    return problem(scope, status, error.code, error.detail, headers=headers)


def _rate_limit(error: errors.TooMany) -> dict[str, str]:
    """How long the quota that is used up stays so, and every quota that is known."""
    headers = {"RateLimit": f'"{error.reached}";r=0;t={error.retry_after}'}
    quotas = [f'"{one.name}";q={one.most};w={one.seconds}' for one in error.quotas]
    return headers | ({"RateLimit-Policy": ", ".join(quotas)} if quotas else {})


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for no other
    fields = [
        FieldProblem(field=_field(one["loc"]), message=_message(one))
        for one in error.errors()[:_SHOWN]
    ]
    return problem(request.scope, 422, "invalid", "The request is not valid.", fields=fields)


def _message(error: Mapping[str, Any]) -> str:
    """What is wrong, in words for whoever wrote the request."""
    if isinstance(error.get("input"), Twice):
        return "Input is there more than once"
    if error["type"] == "value_error":
        return f"Input {error['ctx']['error']}"
    return _PLAINLY.get(error["type"]) or str(error["msg"])


def _field(location: tuple[str | int, ...]) -> str:
    """Where in the request a problem is; names that came with it are made safe to repeat."""
    names = [named(str(part)[:_READ])[:64] for part in location[:6]]
    parts = [name.encode("ascii", "replace").decode() for name in names]
    return ".".join("".join(char if char.isprintable() else "?" for char in part) for part in parts)


async def _plain(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for no other
    code = _CODES.get(error.status_code, "error")
    detail = _DETAILS.get(error.status_code) or title_of(error.status_code) + "."
    return problem(request.scope, error.status_code, code, detail, headers=error.headers)
