"""Bodies and queries as a route reads them."""

import json

import httpx2
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from asking import asking
from outfitter.http.bodies import MOST_MEMBERS, OnceOnly


class Parcel(BaseModel):
    """What the route takes."""

    name: str
    sizes: dict[str, int] = {}
    note: str | None = None


ROUTER = APIRouter(route_class=OnceOnly)


@ROUTER.post("/parcels")
def take(parcel: Parcel) -> Parcel:
    """The body, as it was read."""
    return parcel


@ROUTER.get("/parcels")
def show(size: int = 1, name: str = "") -> list[int | str]:
    """What was asked for, as it was read."""
    return [size, name]


async def shown(query: str) -> httpx2.Response:
    """What the route answers to that query."""
    app = FastAPI()
    app.include_router(ROUTER)
    async with asking(app) as client:
        return await client.get(f"/parcels?{query}")


@pytest.mark.parametrize("query", ["size=1&size=2", "name=a&name=a&size=3", "size=&size=1"])
async def test_no_parameter_is_taken_that_is_there_twice(query: str) -> None:
    found = await shown(query)

    assert found.status_code == 422
    assert [one["loc"] for one in found.json()["detail"]] == [["query", query.partition("=")[0]]]


async def test_a_parameter_that_is_there_once_is_read_as_it_stands() -> None:
    assert (await shown("size=2&name=b&of=1&of=2")).json() == [2, "b"]


async def answer(body: str | bytes) -> httpx2.Response:
    """What the route answers to that body."""
    app = FastAPI()
    app.include_router(ROUTER)
    async with asking(app) as client:
        kind = {"Content-Type": "application/json"}
        return await client.post("/parcels", content=body, headers=kind)


async def test_a_body_without_repetitions_is_read_as_it_stands() -> None:
    found = await answer('{"name": "a", "sizes": {"name": 1, "other": 2}}')

    assert found.json() == {"name": "a", "sizes": {"name": 1, "other": 2}, "note": None}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ('{"name": "a", "name": "b", "note": "c"}', ["body", "name"]),
        ('{"name": "a", "name": "a", "note": "c"}', ["body", "name"]),
        ('{"name": "a", "note": null, "note": null, "note": "c"}', ["body", "note"]),
        ('{"name": "a", "sizes": {"x": 1, "x": 1, "y": 2}}', ["body", "sizes", "x"]),
        ('{"name": "a", "sizes": {}, "sizes": {"x": 1}}', ["body", "sizes"]),
    ],
)
async def test_a_member_that_is_there_more_than_once_is_refused_and_it_alone(
    body: str, named: list[str]
) -> None:
    found = await answer(body)

    assert found.status_code == 422
    assert [one["loc"] for one in found.json()["detail"]] == [named]


@pytest.mark.proves("R-59")
@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 400)])
async def test_a_body_has_so_many_members_at_most_wherever_they_are(more: int, status: int) -> None:
    sizes = {f"{n}": n for n in range(MOST_MEMBERS - 2 + more)}

    assert (await answer(json.dumps({"name": "a", "sizes": sizes}))).status_code == status


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
async def test_a_body_in_utf_8_is_read_with_a_mark_at_its_start_or_without(encoding: str) -> None:
    found = await answer('{"name": "Zoë"}'.encode(encoding))

    assert found.json()["name"] == "Zoë"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
async def test_a_body_in_another_encoding_is_refused(encoding: str) -> None:
    found = await answer('{"name": "Zoë"}'.encode(encoding))

    assert found.status_code in {400, 422}
