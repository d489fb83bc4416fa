"""Every error has its place on the wire."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import process_time

import pytest
from fastapi import FastAPI, HTTPException

from asking import asking
from outfitter.core import errors
from outfitter.core.quota import Quota
from outfitter.http.app import Manners, build
from outfitter.http.errors import STATUS, install, problem, problem_of
from outfitter.http.schemas.chat import ChatRequest


def _all(kind: type[errors.OutfitterError]) -> Iterator[type[errors.OutfitterError]]:
    for one in kind.__subclasses__():
        if not one.__name__.startswith("_"):
            yield one
        yield from _all(one)


@pytest.mark.parametrize("kind", [*_all(errors.OutfitterError)], ids=lambda kind: kind.__name__)
def test_an_error_has_a_status_and_a_code(kind: type[errors.OutfitterError]) -> None:
    assert 400 <= STATUS[kind] < 600
    assert kind.code != errors.OutfitterError.code


@pytest.mark.proves("R-60")
def test_a_problem_says_what_and_where_and_nothing_else() -> None:
    answer = problem({"state": {"request_id": "r1"}}, 404, "not_found", "There is no such thing.")

    assert json.loads(bytes(answer.body)) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such thing.",
        "code": "not_found",
        "request_id": "r1",
    }
    assert answer.media_type == "application/problem+json"


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "Bad Request"),
        (413, "Content Too Large"),
        (414, "URI Too Long"),
        (416, "Range Not Satisfiable"),
        (422, "Unprocessable Content"),
    ],
)
def test_a_status_has_the_name_of_its_standard_on_every_python(status: int, title: str) -> None:
    assert json.loads(bytes(problem({}, status, "invalid", "No.").body))["title"] == title


@pytest.mark.proves("R-57", "R-60")
async def test_a_listed_page_may_read_that_something_broke_and_not_what() -> None:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield

    ours = "https://app.example"
    app = build(lambda: "r1", manners=Manners(cors_origins=(ours,)), lifespan=lifespan)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("of-the-inside")

    async with asking(app) as client:
        answer = await client.get("/broken", headers={"Origin": ours})

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["access-control-allow-origin"] == ours
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "of-the-inside" not in answer.text


@pytest.mark.proves("R-61")
def test_a_limit_says_which_it_is_also_where_somebody_else_set_it() -> None:
    ours = Quota("exports", 5, 3600)
    own = problem_of({}, errors.TooMany("no", reached="exports", quotas=[ours], retry_after=9))
    foreign = problem_of({}, errors.TooMany("no", reached="sign-ins", retry_after=60))

    assert own.headers["ratelimit"] == '"exports";r=0;t=9'
    assert own.headers["ratelimit-policy"] == '"exports";q=5;w=3600'
    assert foreign.headers["ratelimit"] == '"sign-ins";r=0;t=60'
    assert "ratelimit-policy" not in foreign.headers
    assert (own.headers["retry-after"], foreign.headers["retry-after"]) == ("9", "60")
    assert "retry-after" not in problem_of({}, errors.NotFound("no")).headers


def test_who_has_to_wait_is_told_how_long() -> None:
    running = errors.StillRunning("no")
    away = errors.Unavailable("no", retry_after=7)

    assert problem_of({}, running).headers["retry-after"] == str(running.retry_after)
    assert problem_of({}, away).headers["retry-after"] == "7"


async def refused(numbers: object) -> tuple[int, list[str]]:
    """The status of a body that should hold numbers by name, and the fields that are named."""
    app = FastAPI()
    install(app)

    @app.post("/")
    async def takes(numbers: dict[str, int]) -> None:
        raise AssertionError(numbers)

    async with asking(app) as client:
        answer = await client.post("/", json=numbers)
    return answer.status_code, [one["field"] for one in answer.json()["errors"]]


async def test_of_many_wrong_fields_the_first_twenty_are_named() -> None:
    status, named = await refused({f"n{n}": "many" for n in range(30)})

    assert (status, named) == (422, [f"body.n{n}" for n in range(20)])


async def test_a_fields_name_is_made_safe_to_repeat_and_cut_to_size() -> None:
    _, named = await refused({"a\x1b[2J\u202eb": "x", "c" * 99: "x"})

    assert named == ["body.a?[2J?b", f"body.{'c' * 64}"]


async def test_a_value_in_the_place_of_a_fields_name_is_not_repeated() -> None:
    _, named = await refused({"Kiesel-See-3": "x"})

    assert named == ["body.[secret removed: secret]"]


async def test_what_is_of_the_wrong_kind_is_told_in_the_words_of_json() -> None:
    app = FastAPI()
    install(app)

    @app.post("/")
    async def takes(asked: ChatRequest) -> None:
        raise AssertionError(asked)

    async with asking(app) as client:
        wrong: list[object] = [{"message": "hello", "session_id": 7, "credentials": []}, []]
        answers = [await client.post("/", json=body) for body in wrong]

    told = {one["field"]: one["message"] for answer in answers for one in answer.json()["errors"]}
    assert told == {
        "body.session_id": "Input should be a UUID",
        "body.credentials": "Input should be a JSON object",
        "body": "Input should be a JSON object",
    }


async def test_a_refusal_of_the_framework_says_no_less_than_its_status() -> None:
    app = FastAPI()
    install(app)

    @app.get("/")
    async def gone() -> None:
        raise HTTPException(410, headers={"Allow": "GET"})

    async with asking(app) as client:
        answer = await client.get("/")

    told = answer.json()
    assert (told["status"], told["code"], told["detail"]) == (410, "error", "Gone.")
    assert answer.headers["allow"] == "GET"


async def test_to_tell_of_a_name_as_long_as_a_body_takes_no_time() -> None:
    app = FastAPI()
    install(app)

    @app.post("/")
    async def takes(asked: ChatRequest) -> None:
        raise AssertionError(asked)

    keys = dict.fromkeys(map(str, range(20)), 7)
    body = {"message": "hello", "credentials": {"password=" * 20_000: keys}}
    async with asking(app) as client:
        began = process_time()
        answer = await client.post("/", json=body)
        assert process_time() - began < 0.5
    assert {len(one["field"]) for one in answer.json()["errors"]} <= set(range(120))
