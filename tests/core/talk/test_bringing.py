"""What a message brings into a plan."""

import pytest

from catalogues import a_server, about, candidates
from outfitter.core.talk.offline import read
from talks import INVOICES, PLAN, after


def test_after_what_no_server_does_a_message_is_read_like_a_first_one() -> None:
    told = "directions from the station to the harbour"
    asked = about(candidates(a_server("maps")), told, after("walk my dog"))
    assert [one.server for one in read(asked).steps] == [None, "maps"]


@pytest.mark.parametrize(
    "message",
    ["post them to Slack. no, not Slack", "and tell us in Slack, wait, no Slack please"],
)
def test_what_the_same_message_takes_back_is_no_step(message: str) -> None:
    plan = after(INVOICES, message)
    assert (plan.steps, plan.declined) == (PLAN.steps, ("slack",))


def test_what_is_kept_beside_what_is_taken_back_comes() -> None:
    plan = after(INVOICES, "post them to GitHub and Slack. no, not Slack")
    assert plan.names == ("gmail", "notion", "github")
