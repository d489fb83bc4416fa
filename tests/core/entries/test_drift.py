"""A server's tools held against its entry."""

import pytest

from catalogues import a_server
from outfitter.core.catalogue import Tool
from outfitter.core.entries.drift import compare


def test_the_same_tools_in_another_order_are_the_same() -> None:
    server = a_server("notes", tools=("add", "list"))

    assert compare(server, [Tool(name="list"), Tool(name="add")]).state == "same"


def test_what_is_gone_new_and_changed_is_named() -> None:
    server = a_server("notes", tools=("add", "list", "find"))

    found = compare(
        server, [Tool(name="add", required=("text",)), Tool(name="find"), Tool(name="drop")]
    )

    assert found.state == "drift"
    assert (found.gone, found.new, found.changed) == (("list",), ("drop",), ("add",))


@pytest.mark.parametrize(
    "offered",
    [
        [Tool(name="add")],
        [Tool(name="add"), Tool(name="list"), Tool(name="drop")],
        [Tool(name="add", required=("text",)), Tool(name="list")],
    ],
    ids=["gone", "new", "changed"],
)
def test_one_difference_is_enough_to_drift(offered: list[Tool]) -> None:
    assert compare(a_server("notes", tools=("add", "list")), offered).state == "drift"


def test_an_entry_that_lists_no_tools_cannot_drift() -> None:
    found = compare(a_server("notes"), [Tool(name="add")])

    assert (found.state, found.tools, found.new) == ("unlisted", 1, ())
