"""The OpenAPI document is the contract, so it changes only on purpose."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI

from outfitter.adapters.ids import new_id
from outfitter.http.app import Manners, build

SNAPSHOT = Path(__file__).parents[1] / "data" / "openapi.json"


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def _document() -> str:
    document = build(new_id, manners=Manners(), lifespan=_nothing).openapi()
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def test_the_contract_is_as_it_was_agreed() -> None:
    """Run with UPDATE_GOLDEN=1 to agree to a new one."""
    document = _document()
    if os.environ.get("UPDATE_GOLDEN"):
        SNAPSHOT.write_text(document, encoding="utf-8")

    assert document == SNAPSHOT.read_text(encoding="utf-8")


def test_the_specs_routes_are_all_there() -> None:
    paths = json.loads(_document())["paths"]

    assert set(paths) >= {
        "/",
        "/api/auth/google",
        "/api/chat",
        "/api/chat/history",
        "/api/sessions/{session_id}/messages",
    }


def test_every_route_with_a_token_tells_its_problems() -> None:
    for path, methods in json.loads(_document())["paths"].items():
        for route in methods.values():
            if path.startswith("/api/"):
                assert {"401", "404", "422", "503"} <= set(route["responses"]), path


def test_every_problem_is_the_one_that_is_described() -> None:
    document = json.loads(_document())
    problem = document["components"]["schemas"]["Problem"]
    shown = [
        answer["content"]["application/problem+json"]["schema"]
        for methods in document["paths"].values()
        for route in methods.values()
        for status, answer in route["responses"].items()
        if status >= "4" and "content" in answer
    ]

    assert {"code", "detail", "errors"} <= set(problem["properties"])
    assert shown
    assert all(one == {"$ref": "#/components/schemas/Problem"} for one in shown)


def test_every_answer_that_asks_to_wait_says_where_it_tells_how_long() -> None:
    for path, methods in json.loads(_document())["paths"].items():
        for route in methods.values():
            if path.startswith("/api/"):
                assert "RateLimit" in route["responses"]["429"]["headers"], path
                assert "Retry-After" in route["responses"]["503"]["headers"], path


@pytest.mark.proves("R-66")
def test_the_page_of_the_contract_can_be_switched_off() -> None:
    app = build(new_id, manners=Manners(docs=False), lifespan=_nothing)

    assert app.openapi_url is None
    assert app.docs_url is None
