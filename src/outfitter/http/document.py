"""The OpenAPI document: what the routes say, and the one problem all their errors refer to."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from outfitter.http.errors import Problem

_PLACE = "#/components/schemas/{model}"
PROBLEM = {"$ref": _PLACE.format(model=Problem.__name__)}


class Documented(FastAPI):
    """An application whose document holds the problem once, so that clients get one type of it."""

    def openapi(self) -> dict[str, Any]:
        """The document with what no route gives it."""
        document = super().openapi()
        _, found = models_json_schema([(Problem, "serialization")], ref_template=_PLACE)
        document["components"]["schemas"].update(found["$defs"])
        return document
