"""Every error has its place on the wire."""

import json
from collections.abc import Iterator

import pytest

from outfitter.core import errors
from outfitter.http.errors import STATUS, problem


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
