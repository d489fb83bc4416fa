"""The same request sent twice is one turn."""

import asyncio

import pytest
from sqlalchemy import text

from api import SENTENCE, Person
from outfitter.adapters.postgres.database import Database


async def _post(person: Person, key: str, message: str = SENTENCE) -> tuple[int, dict[str, str]]:
    answer = await person.ask(
        "POST", "/api/chat", json={"message": message}, headers={"Idempotency-Key": key}
    )
    return answer.status_code, {
        **answer.json(),
        "replayed": answer.headers.get("idempotent-replayed"),
    }


@pytest.mark.proves("R-62")
async def test_a_repeated_request_is_answered_from_what_was_recorded(alice: Person) -> None:
    first = await _post(alice, "one")
    second = await _post(alice, "one")

    assert first[0] == second[0] == 200
    assert second[1] == {**first[1], "replayed": "true"}
    assert (await alice.get("/api/chat/history"))["total_count"] == 1


@pytest.mark.proves("R-62")
async def test_a_key_is_not_kept_as_it_was_given(alice: Person, superuser: Database) -> None:
    secret = "ntn_" + "483920ab" * 5
    first = await _post(alice, secret)
    second = await _post(alice, secret)

    assert second[1] == {**first[1], "replayed": "true"}
    async with superuser.as_owner() as tx:
        kept = await tx.execute(text("SELECT turns.*, message FROM turns, chat_messages"))
        assert secret not in str(kept.all())


@pytest.mark.proves("R-62")
async def test_a_key_that_the_version_before_kept_as_given_is_known(
    alice: Person, superuser: Database
) -> None:
    first = await _post(alice, "one")
    async with superuser.as_owner() as tx:
        await tx.execute(text("UPDATE turns SET idempotency_key = 'one'"))

    assert (await _post(alice, "one"))[1] == {**first[1], "replayed": "true"}
    assert (await _post(alice, "one", "something else"))[0] == 409
    async with superuser.as_owner() as tx:
        await tx.execute(text("UPDATE turns SET state = 'failed'"))
    again = await _post(alice, "one")
    assert again[1]["session_id"] == first[1]["session_id"]
    assert not again[1]["replayed"]
    assert (await _post(alice, "one"))[1] == {**again[1], "replayed": "true"}
    assert (await alice.get("/api/chat/history"))["total_count"] == 1


@pytest.mark.proves("R-62")
async def test_a_key_belongs_to_one_request_of_one_user(alice: Person, bob: Person) -> None:
    await _post(alice, "one")

    assert (await _post(alice, "one", "something else"))[0] == 409
    assert (await _post(bob, "one", "something else"))[0] == 200


@pytest.mark.proves("R-62")
async def test_a_key_belongs_to_all_that_was_sent_with_it(alice: Person) -> None:
    session = (await alice.chat("hello"))["session_id"]
    headers = {"Idempotency-Key": "one"}
    bodies = [
        {"message": "here", "session_id": session, "credentials": {"notion": {key: value}}}
        for key, value in (("NOTION_TOKEN", "first"), ("NOTION_TOKEN", "second"))
    ]
    bodies.append({"message": "here", "credentials": {"notion": {"NOTION_TOKEN": "first"}}})

    answers = [
        await alice.ask("POST", "/api/chat", json=body, headers=headers)
        for body in (*bodies, bodies[0])
    ]

    assert [one.status_code for one in answers] == [200, 409, 409, 200]
    assert answers[1].json()["code"] == answers[2].json()["code"] == "idempotency_key_reused"


@pytest.mark.proves("R-62")
async def test_a_key_belongs_to_the_secret_that_was_pasted_with_it_too(alice: Person) -> None:
    first, second = ("use ntn_" + part * 5 + " for Notion" for part in ("483920ab", "759310cd"))

    assert (await _post(alice, "one", first))[0] == 200
    assert (await _post(alice, "one", second))[0] == 409
    assert (await _post(alice, "one", first))[1]["replayed"] == "true"


@pytest.mark.proves("R-62")
async def test_two_keys_are_none_that_counts(alice: Person) -> None:
    lines = [*alice.headers.items(), ("Idempotency-Key", "one"), ("Idempotency-Key", "two")]
    answer = await alice.client.post("/api/chat", json={"message": SENTENCE}, headers=lines)

    assert answer.status_code == 422
    assert answer.json()["detail"] == "Send one Idempotency-Key."
    assert (await alice.get("/api/chat/history"))["total_count"] == 0


@pytest.mark.parametrize(
    ("key", "wrong"), [("", "at least 1 char"), ("k" * 256, "at most 255 char")]
)
async def test_a_key_that_cannot_be_one_is_told_in_characters(
    key: str, wrong: str, alice: Person
) -> None:
    headers = {"Idempotency-Key": key}
    answer = await alice.ask("POST", "/api/chat", json={"message": SENTENCE}, headers=headers)

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "header.idempotency-key"
    assert wrong in error["message"]


@pytest.mark.proves("R-62")
async def test_fifty_posts_at_once_make_one_turn(alice: Person) -> None:
    await alice.chat("hello")
    answers = await asyncio.gather(*(_post(alice, "many") for _ in range(50)))

    assert {status for status, _ in answers} <= {200, 409}
    assert len({answer["session_id"] for status, answer in answers if status == 200}) == 1
    assert (await alice.get("/api/chat/history"))["total_count"] == 2
