"""Requests are told by names of ours."""

from types import SimpleNamespace

import pytest

from outfitter.core.asked import method_of, route_of


@pytest.mark.parametrize(("sent", "told"), [("GET", "GET"), ("get", "other"), ("SECRET", "other")])
def test_a_method_that_there_is_not_is_another(sent: str, told: str) -> None:
    assert method_of({"method": sent}) == told


def test_a_request_is_told_by_the_template_of_its_route() -> None:
    assert route_of({"route": SimpleNamespace(path="/api/agents/{agent_id}")}) == (
        "/api/agents/{agent_id}"
    )


@pytest.mark.parametrize("request_", [{}, {"route": None}, {"route": object()}])
def test_a_request_that_came_to_no_route_is_unmatched(request_: dict[str, object]) -> None:
    assert route_of(request_) == "unmatched"
