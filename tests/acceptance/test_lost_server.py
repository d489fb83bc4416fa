"""A server that a plan has may go from the catalogue, or turn out unusable, at any time."""

from collections.abc import Awaitable, Callable

import pytest

from api import Person, values_for
from outfitter.adapters.files import catalogue_files
from outfitter.cli.database import Urls
from programs.databases import run, stock

REQUEST = "save new Stripe payments to Airtable"


async def _delete(urls: Urls) -> None:
    await run(urls.owner, "DELETE FROM mcp_servers WHERE name = 'airtable'")


async def _bar(urls: Urls) -> None:
    """Load the entry again as one that cannot be run."""
    airtable = next(one for one in catalogue_files.builtin() if one.name == "airtable")
    barred = airtable.model_copy(update={"status": "unusable"})
    await stock(urls.owner, [barred])


@pytest.mark.parametrize(
    ("change", "told"),
    [(_delete, "is no longer in the catalogue"), (_bar, "can no longer be used")],
)
async def test_the_next_turn_says_so_and_makes_no_agent(
    change: Callable[[Urls], Awaitable[None]], told: str, urls: Urls, alice: Person
) -> None:
    first = await alice.chat(REQUEST)
    given = values_for(first)
    given.pop("airtable")
    await change(urls)

    second = await alice.chat("here they are", first["session_id"], given)
    assert told in second["reply"]
    assert "say how to go on" in second["reply"]
    assert second["status"] == "analyzing"
    assert second["agent_created"] is False
    assert [one["name"] for one in second["plan"]["servers"]] == ["stripe"]

    third = await alice.chat("use Notion for that", first["session_id"])
    assert [one["name"] for one in third["plan"]["servers"]][1:] == ["notion"]
    assert third["plan"]["uncovered"] == []
    assert third["status"] == "pending_credentials"


async def test_the_agent_is_made_without_it_when_the_user_says_go_on(
    urls: Urls, alice: Person
) -> None:
    first = await alice.chat(REQUEST)
    given = values_for(first)
    given.pop("airtable")
    await _bar(urls)

    await alice.chat("here they are", first["session_id"], given)
    third = await alice.chat("ok, go on", first["session_id"])
    assert third["status"] == "success"
    assert "airtable" not in str(third["agent"])
