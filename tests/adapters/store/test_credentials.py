"""What is stored of a user's credentials: listed, forgotten and spoiled one by one."""

from dataclasses import replace

from sqlalchemy import text

from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials, turns
from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.store.turns import Hearing
from outfitter.core.user import User

SLACK = Sealed("slack", "TOKEN", "sealed-1", "k1")
MAIL = Sealed("mail", "PASSWORD", "sealed-2", "k1")
ADDRESS = Sealed("mail", "ADDRESS", "sealed-3", "k1")


async def _bring(database: Database, user: User, *sealed: Sealed) -> None:
    """Store these values with a message."""
    said = Hearing(new_id(), new_id(), True, new_id(), "here", sealed)
    async with database.transaction(user) as tx:
        assert await turns.hear(tx, user, said)


async def _listed(database: Database, user: User) -> list[tuple[str, str]]:
    """The servers and keys of what is stored."""
    async with database.transaction(user) as tx:
        return [(one.server, one.key) for one in await credentials.list_keys(tx, user)]


async def test_of_what_is_stored_only_what_these_keys_seal_is_listed(
    database: Database, user: User
) -> None:
    await _bring(database, user, MAIL, replace(SLACK, key_id="k9"))
    async with database.transaction(user) as tx:
        listed = [await credentials.list_keys(tx, user, ids) for ids in (["k9"], [], None)]

    assert [[one.server for one in each] for each in listed] == [
        [SLACK.server],
        [],
        sorted([MAIL.server, SLACK.server]),
    ]


async def test_what_is_stored_is_listed_in_order(database: Database, user: User) -> None:
    await _bring(database, user, SLACK, MAIL, ADDRESS)
    assert await _listed(database, user) == [
        ("mail", "ADDRESS"),
        ("mail", "PASSWORD"),
        ("slack", "TOKEN"),
    ]


async def test_forgetting_one_server_leaves_the_others(database: Database, user: User) -> None:
    await _bring(database, user, SLACK, MAIL, ADDRESS)
    async with database.transaction(user) as tx:
        assert await credentials.forget(tx, user, "mail", None) == 2
        assert await credentials.forget(tx, user, "mail", None) == 0
    assert await _listed(database, user) == [("slack", "TOKEN")]


async def test_only_the_values_of_the_servers_asked_for_are_read(
    database: Database, user: User
) -> None:
    await _bring(database, user, SLACK, MAIL)
    async with database.transaction(user) as tx:
        assert await credentials.sealed_of(tx, user, ["mail", "figma"]) == [MAIL]


async def test_a_spoiled_value_counts_as_missing_until_it_is_given_anew(
    database: Database, user: User
) -> None:
    await _bring(database, user, SLACK, MAIL, ADDRESS)
    async with database.transaction(user) as tx:
        await credentials.spoil(tx, user, [replace(MAIL, account="work")], None)
    assert ("mail", "PASSWORD") in await _listed(database, user)
    async with database.transaction(user) as tx:
        await credentials.spoil(tx, user, [MAIL], None)
    assert await _listed(database, user) == [("mail", "ADDRESS"), ("slack", "TOKEN")]

    anew = replace(MAIL, sealed="sealed-4")
    await _bring(database, user, anew)
    async with database.transaction(user) as tx:
        await credentials.spoil(tx, user, [MAIL], None)
    assert ("mail", "PASSWORD") in await _listed(database, user)


async def test_a_value_that_was_copied_counts_as_missing_only_where_it_does_not_belong(
    database: Database, user: User
) -> None:
    for copied in (replace(SLACK, server="mail"), replace(SLACK, key="OTHER")):
        await _bring(database, user, SLACK, copied)
        async with database.transaction(user) as tx:
            await credentials.spoil(tx, user, [copied], None)
        assert await _listed(database, user) == [("slack", "TOKEN")]


async def test_what_is_found_out_twice_is_noted_once(
    database: Database, owner: Database, user: User
) -> None:
    await _bring(database, user, MAIL)
    found = [credentials.restore, *[credentials.spoil] * 2, *[credentials.restore] * 2]
    async with database.transaction(user) as tx:
        for judge in found:
            await judge(tx, user, [MAIL], None)
    async with owner.as_owner() as tx:
        noted = await tx.execute(text("SELECT action FROM audit_log"))
        assert sorted(noted.scalars()) == [
            "credential.set",
            "credential_readable",
            "credential_tamper",
        ]
