"""Every error has its place on the wire."""

import json
from collections.abc import Iterator

import pytest

from outfitter.core import errors
from outfitter.core.quota import Quota
from outfitter.http.errors import STATUS, problem, problem_of


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
