"""What could do the part of something else in a plan."""

from catalogues import a_server
from outfitter.core.plan import Choice
from outfitter.core.talk.suggesting import alike


def test_what_came_without_a_category_is_like_nothing_else_without_one() -> None:
    traces = a_server("traces", category="other")
    choice = Choice(name="traces", alternatives=("shop", "hosted-traces"))
    others = (
        a_server("shop", category="other"),
        a_server("hosted-traces", category="other", service="traces"),
    )
    servers = {one.name: one for one in (traces, *others)}
    assert alike(choice, servers) == ["hosted-traces"]
