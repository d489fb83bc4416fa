"""The OpenAPI document: what the routes say, and the one problem all their errors refer to."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from outfitter.http.errors import Problem

PAGE = "/docs"
_PLACE = "#/components/schemas/{model}"
_PROBLEM = {"$ref": _PLACE.format(model=Problem.__name__)}
_CONTENT = {"application/problem+json": {"schema": _PROBLEM}}
_WAIT = {"description": "Seconds to wait.", "schema": {"type": "integer"}}


def refusal(said: str, *, may_ask_to_wait: bool = False) -> dict[str, Any]:
    """An answer that is a problem, as a route describes it."""
    headers = {"headers": {"Retry-After": _WAIT}} if may_ask_to_wait else {}
    return {"description": said, "content": _CONTENT, **headers}


class Documented(FastAPI):
    """An application whose document holds the problem once, so that clients get one type of it."""

    def openapi(self) -> dict[str, Any]:
        """The document with what no route gives it."""
        document = super().openapi()
        _, found = models_json_schema([(Problem, "serialization")], ref_template=_PLACE)
        document["components"]["schemas"].update(found["$defs"])
        return document
