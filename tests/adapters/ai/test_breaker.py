"""When a service is asked again, and when it is left alone."""

import pytest

from clock import Clock
from outfitter.adapters.ai.breaker import Breaker, may_pass


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_may_pass_is_worth_another_try(status: int) -> None:
    assert may_pass(status)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422, 499])
def test_what_is_wrong_stays_wrong(status: int) -> None:
    assert not may_pass(status)


def test_only_failures_in_a_row_open_it() -> None:
    breaker = Breaker(2, 10.0, Clock())
    for _ in range(3):
        breaker.failed()
        assert breaker.asks()
        breaker.worked()
    breaker.failed()
    assert breaker.asks()
    breaker.failed()
    assert not breaker.asks()


def test_after_its_rest_it_is_tried_by_one_and_rests_again_if_that_failed() -> None:
    clock = Clock()
    breaker = Breaker(1, 10.0, clock)
    breaker.failed()
    clock.now += 9.9
    assert not breaker.asks()
    clock.now += 0.1
    assert [breaker.asks(), breaker.asks()] == [True, False]
    clock.now += 5
    breaker.failed()
    clock.now += 9.9
    assert not breaker.asks()


def test_whoever_tries_and_does_not_come_back_closes_it_for_one_rest_only() -> None:
    clock = Clock()
    breaker = Breaker(1, 10.0, clock)
    breaker.failed()
    clock.now += 10
    assert breaker.asks()
    clock.now += 10
    assert breaker.asks()


def test_an_answer_lets_everybody_ask_again() -> None:
    clock = Clock()
    breaker = Breaker(1, 10.0, clock)
    breaker.failed()
    clock.now += 10
    assert breaker.asks()
    breaker.worked()
    assert [breaker.asks(), breaker.asks()] == [True, True]
