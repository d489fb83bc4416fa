"""What a server is in a step that others share."""

from time import process_time

import pytest

from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.equipping.doing import Effect, of_tool
from outfitter.core.equipping.roles import Role, role
from outfitter.core.equipping.tooling import pick
from outfitter.core.plan import Step

BUILTIN = {server.name: server for server in builtin()}


@pytest.mark.parametrize(
    ("step", "source", "other"),
    [
        ("create a Linear ticket for every Sentry error", "sentry", "linear"),
        ("restart the Kubernetes deployment if Datadog shows errors", "datadog", "kubernetes"),
        ("create GitHub issues from Sentry errors", "sentry", "github"),
        ("back up my Notion pages to GitHub every night", "notion", "github"),
        ("when a Stripe payment fails create an Asana task", "stripe", "asana"),
        ("save Gmail attachments in Dropbox", "gmail", "dropbox"),
    ],
)
def test_where_things_come_from_is_told_from_where_they_go(
    step: str, source: str, other: str
) -> None:
    assert role(step, [source], [other]) is Role.SOURCE
    assert role(step, [other], [source]) is None


@pytest.mark.parametrize(
    ("step", "own", "other"),
    [
        ("add a Trello card to the board for each Stripe payment", "trello", "stripe"),
        ("add a Notion page on each Stripe payment", "notion", "stripe"),
        ("sync my Todoist tasks with Notion", "todoist", "notion"),
        ("move the cards from Trello to Asana", "trello", "asana"),
        ("remove the rows from Airtable when Stripe refunds", "airtable", "stripe"),
        ("look for Stripe customers in HubSpot", "hubspot", "stripe"),
    ],
)
def test_what_may_be_changed_there_has_no_plain_role(step: str, own: str, other: str) -> None:
    assert role(step, [own], [other]) is None


def test_a_source_is_only_read_and_what_is_thought_is_kept_at_the_goal() -> None:
    assert _effects("create a Linear ticket for every Sentry error", "sentry", "linear") == {
        Effect.READ
    }
    assert Effect.WRITE in _effects("summarize my Zoom meetings in Notion", "notion", "zoom")


def _effects(text: str, name: str, other: str) -> set[Effect]:
    server = BUILTIN[name]
    picked = pick(server, [Step(text=text, server=name), Step(text=text, server=other)])
    assert picked
    return {effect for tool in server.tools if tool.name in picked for effect in of_tool(tool)}


@pytest.mark.parametrize(
    "piece", ["copy notion to ", "for each x ", "from a b ", "summarise it in "]
)
def test_a_hostile_step_is_told_apart_quickly(piece: str) -> None:
    began = process_time()
    role(piece * 1000, ["notion"], ["github"])
    assert process_time() - began < 1
