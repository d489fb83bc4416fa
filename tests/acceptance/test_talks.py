"""Conversations over HTTP: what one turn left is what the next one can point at."""

from api import Api, Person

Names = list[str]


def _names(answer: dict[str, object]) -> Names:
    plan = answer["plan"]
    assert isinstance(plan, dict)
    return [one["name"] for one in plan["servers"]]


async def test_a_misspelt_name_is_understood_told_and_kept_as_it_was_typed(alice: Person) -> None:
    typed = "save my gmial receipts to notoin"
    answer = await alice.chat(typed)
    assert _names(answer) == ["gmail", "notion"]
    assert answer["reply"].startswith("I read “gmial” as Gmail and “notoin” as Notion.")
    kept = await alice.get(f"/api/sessions/{answer['session_id']}/messages")
    assert kept["messages"][0]["message"] == typed


async def test_what_was_asked_about_can_be_taken_by_pointing_at_it(alice: Person) -> None:
    first = await alice.chat("save Zoom recordings to Dropbox")
    session = first["session_id"]
    asked = await alice.chat("do you know Google Drive?", session)
    assert _names(asked) == ["zoom", "dropbox"]
    taken = await alice.chat("use that instead", session)
    assert _names(taken) == ["zoom", "google-drive"]
    assert "I put Google Drive in the place of Dropbox." in taken["reply"]
    back = await alice.chat("undo", session)
    assert _names(back) == ["zoom", "dropbox"]


async def test_what_could_stand_in_is_told_of_a_server_that_comes_back(alice: Person) -> None:
    first = await alice.chat("save Figma comments to Notion")
    instead = [one for one in first["reply"].splitlines() if one.startswith("Instead of ")]
    assert len(instead) == 2
    await alice.chat("drop Figma and Notion", first["session_id"])
    back = await alice.chat("undo", first["session_id"])
    assert [one for one in back["reply"].splitlines() if one in instead] == instead


async def test_an_answer_to_a_list_is_read_by_its_place(alice: Person) -> None:
    first = await alice.chat("post Sentry issues to Slack")
    session = first["session_id"]
    listed = await alice.chat("what could I use instead of Slack?", session)
    lines = [one for one in listed["reply"].splitlines() if one.startswith("- ")]
    second = lines[1].removeprefix("- ").partition(":")[0]
    taken = await alice.chat("the second one", session)
    assert f"I put {second} in the place of Slack." in taken["reply"]


async def test_what_was_put_forward_is_forgotten_after_the_next_turn(alice: Person) -> None:
    first = await alice.chat("save Zoom recordings to Dropbox")
    session = first["session_id"]
    await alice.chat("do you know Google Drive?", session)
    await alice.chat("and tell Slack", session)
    kept = await alice.chat("use that instead", session)
    assert _names(kept) == ["zoom", "dropbox", "slack"]


async def test_what_one_person_was_told_is_nothing_another_can_point_at(api: Api) -> None:
    alice, bob = await api.person("alice@example.com"), await api.person("bob@example.com")
    first = await alice.chat("save Zoom recordings to Dropbox")
    await alice.chat("do you know Google Drive?", first["session_id"])
    other = await bob.chat("save Zoom recordings to Dropbox")
    kept = await bob.chat("use that instead", other["session_id"])
    assert _names(kept) == ["zoom", "dropbox"]


async def test_the_only_key_that_is_open_can_be_skipped_without_a_name(alice: Person) -> None:
    first = await alice.chat("read my Trello cards and save them to Notion")
    session, notion = first["session_id"], {"notion": {"NOTION_TOKEN": "ntn_0123456789"}}
    await alice.chat("here is one", session, notion)
    skipped = await alice.chat("skip that key", session)
    assert _names(skipped) == ["notion"]


async def test_a_key_that_comes_with_a_message_is_not_the_one_it_skips(alice: Person) -> None:
    first = await alice.chat("read my Trello cards and save them to Notion")
    notion = {"notion": {"NOTION_TOKEN": "ntn_0123456789"}}
    skipped = await alice.chat("skip the other key", first["session_id"], notion)
    assert _names(skipped) == ["notion"]


async def test_what_could_take_a_place_is_known_by_what_it_is_used_for(alice: Person) -> None:
    first = await alice.chat("post Sentry issues to Slack")
    listed = await alice.chat("what could I use instead of Slack?", first["session_id"])
    assert "Microsoft Teams" in listed["reply"]
