"""The OpenAPI document: what the routes say, and the one problem all their errors refer to."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from outfitter.http.errors import Problem

PAGE = "/docs"
_PLACE = "#/components/schemas/{model}"
_PROBLEM = {"$ref": _PLACE.format(model=Problem.__name__)}
_CONTENT = {"application/problem+json": {"schema": _PROBLEM}}
_WAIT = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
_QUOTAS = {
    "RateLimit": {"description": "What is left of a quota.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The quotas.", "schema": {"type": "string"}},
}
_PROBLEMS = {
    400: "The request cannot be read.",
    401: "Not signed in.",
    403: "Signed in, but not allowed.",
    404: "Not there, or not yours.",
    408: "The request did not come whole in time.",
    409: "The same request is still running, or something it needs is gone.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The request cannot be taken as it is.",
    429: "A limit is reached for now.",
    500: "Something went wrong on our side.",
    502: "Something we need did not do its part.",
    503: "Something we need is away for now.",
}
_MAY_ASK_TO_WAIT = {409, 429, 503}


def refusal(said: str, *, may_ask_to_wait: bool = False) -> dict[str, Any]:
    """An answer that is a problem, as a route describes it."""
    headers = {"headers": {"Retry-After": _WAIT}} if may_ask_to_wait else {}
    return {"description": said, "content": _CONTENT, **headers}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of these statuses, as routes describe what their parts do not tell."""
    told: dict[int | str, dict[str, Any]] = {
        one: refusal(_PROBLEMS[one], may_ask_to_wait=one in _MAY_ASK_TO_WAIT) for one in statuses
    }
    if limited := told.get(429):
        limited["headers"] |= _QUOTAS
    return told


class Documented(FastAPI):
    """An application whose document holds the problem once, so that clients get one type of it.

    Each operation lists the problems that follow from its parts beside those that it tells itself.
    """

    def openapi(self) -> dict[str, Any]:
        """The document with what no route gives it."""
        document = super().openapi()
        for path, operations in document["paths"].items():
            for operation in operations.values():
                told = refusals(*_told_by_parts(path, operation))
                # Over the framework's own, which has another shape.
                operation["responses"] |= {str(status): one for status, one in told.items()}
        schemas = document["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        _, found = models_json_schema([(Problem, "serialization")], ref_template=_PLACE)
        schemas.update(found["$defs"])
        return document


def _told_by_parts(path: str, operation: Mapping[str, Any]) -> Iterator[int]:
    yield from (400, 408, 500)
    has_body = "requestBody" in operation
    if "{" in path:
        yield 404
    if has_body:
        yield from (413, 415)
    if has_body or operation.get("parameters"):
        yield 422
