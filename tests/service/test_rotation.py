"""Credentials sealed anew: all of them, in pieces if need be, and nobody's but in that way."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials
from outfitter.adapters.vault import Keyring, Vault
from outfitter.core.errors import Refused
from outfitter.core.user import User
from outfitter.service.rotation import BATCH, Rotated, Rotation
from programs.databases import is_refused, make_user, run
from programs.processes import run_command

K1, K2 = Keyring.new("k1"), Keyring.new("k2")
OLD, BOTH, NEW = (Vault(Keyring.parse(keys)) for keys in (K1, f"{K2},{K1}", K2))
INSERT = """
    INSERT INTO credentials (user_id, server, key, sealed, key_id)
    SELECT CAST(:user AS uuid), one.* FROM unnest(CAST(:servers AS text[]), CAST(:keys AS text[]),
        CAST(:sealed AS text[]), CAST(:key_ids AS text[])) AS one
"""

READ = text(
    """
    SELECT CAST(pg_stat_get_xact_tuples_returned(to_regclass('credentials'))
                + pg_stat_get_xact_tuples_returned(to_regclass('credentials_pkey')) AS integer)
    """
)


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


async def store(owner: Database, user: User, number: int, vault: Vault = OLD) -> None:
    """That many credentials of a user."""
    sealed = [vault.seal(user, f"server-{n:03}", "TOKEN", f"value {n}") for n in range(number)]
    values = {
        "user": user.id,
        "servers": [one.server for one in sealed],
        "keys": [one.key for one in sealed],
        "sealed": [one.sealed for one in sealed],
        "key_ids": [one.key_id for one in sealed],
    }
    async with owner.as_owner() as tx:
        await tx.execute(text(INSERT), values)


async def opened(database: Database, user: User, vault: Vault) -> list[str]:
    """The user's values, as the service reads them."""
    async with database.transaction(user) as tx:
        servers = [one.server for one in await credentials.list_keys(tx, user)]
        sealed = await credentials.sealed_of(tx, user, servers)
    return sorted(vault.open(user, one) for one in sealed)


@pytest.mark.proves("R-41")
async def test_every_value_of_every_user_opens_with_the_new_key_alone(
    database: Database, owner: Database
) -> None:
    users = [await make_user(owner) for _ in range(3)]
    for user in users:
        await store(owner, user, 100)
    rotation = Rotation(owner, BOTH)

    assert await rotation.run(silent) == Rotated(300, 0)
    assert await rotation.run(silent) == Rotated(0, 0)
    for user in users:
        assert await opened(database, user, NEW) == sorted(f"value {n}" for n in range(100))
    async with owner.as_owner() as tx:
        noted = await tx.execute(
            text("SELECT object FROM audit_log WHERE action = 'credential.resealed'")
        )
        assert {row.object for row in noted} == {"k2"}


@pytest.mark.proves("R-41")
async def test_an_interrupted_rotation_is_finished_by_the_next(
    database: Database, owner: Database, user: User
) -> None:
    await store(owner, user, BATCH + 50)

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await Rotation(owner, BOTH).run(interrupt)
    assert await Rotation(owner, BOTH).run(silent) == Rotated(50, 0)
    assert len(await opened(database, user, NEW)) == BATCH + 50


async def test_a_key_that_is_needed_and_absent_is_named_and_nothing_changes(
    database: Database, owner: Database, user: User
) -> None:
    await store(owner, user, 2)
    with pytest.raises(Refused, match="not set: k1"):
        await Rotation(owner, NEW).run(silent)
    assert await opened(database, user, OLD) == ["value 0", "value 1"]


async def test_what_does_not_open_is_left_and_counted(owner: Database) -> None:
    user, other = await make_user(owner), await make_user(owner)
    await store(owner, user, 3)
    moved = "UPDATE credentials SET user_id = CAST(:other AS uuid) WHERE server = 'server-001'"
    async with owner.as_owner() as tx:
        await tx.execute(text(moved), {"other": other.id})
    assert await Rotation(owner, BOTH).run(silent) == Rotated(2, 1)


async def test_what_another_key_of_that_name_spoiled_counts_again_once_it_is_sealed_anew(
    database: Database, owner: Database, user: User
) -> None:
    await store(owner, user, 2)
    async with owner.as_owner() as tx:
        await tx.execute(text("UPDATE credentials SET state = 'unreadable'"))
    assert await opened(database, user, NEW) == []
    assert await Rotation(owner, BOTH).run(silent) == Rotated(2, 0)
    assert await opened(database, user, NEW) == ["value 0", "value 1"]


@pytest.mark.proves("R-41")
async def test_a_value_that_is_given_at_the_same_moment_is_not_overwritten(
    database: Database, owner: Database, database_url: str, user: User
) -> None:
    await store(owner, user, 2)
    mine = NEW.seal(user, "server-000", "TOKEN", "newer")
    change = "UPDATE credentials SET sealed = :sealed, key_id = 'k2' WHERE server = 'server-000'"
    second = Database(database_url)
    async with database.transaction(user) as tx:
        await tx.execute(text(change), {"sealed": mine.sealed})
        assert await Rotation(second, BOTH).run(silent) == Rotated(1, 1)
    assert await Rotation(second, BOTH).run(silent) == Rotated(0, 0)
    await second.close()
    assert await opened(database, user, NEW) == ["newer", "value 1"]


async def test_the_command_says_how_many_and_which_key_is_absent(
    database: Database, owner: Database, api_url: str, database_url: str, tmp_path: Path, user: User
) -> None:
    await store(owner, user, 3)
    urls = {"DATABASE_URL": api_url, "MIGRATION_DATABASE_URL": database_url}
    said = [
        await asyncio.to_thread(
            run_command, tmp_path, "keys", "rotate", **urls, CREDENTIAL_KEYS=keys
        )
        for keys in (f"{K2},{K1}", K1)
    ]
    assert said[0].stdout == "3 credentials sealed anew, 0 left under older keys.\n", said[0].stderr
    assert said[1].returncode == 2
    assert said[1].stderr.strip() == "Keys that seal credentials are not set: k2."
    assert len(await opened(database, user, NEW)) == 3


@pytest.fixture
async def plain_owner(postgres: str, database_url: str) -> AsyncIterator[Database]:
    """The database as an owner sees it who is no superuser, so that row security binds them."""
    role, password = f"owner_{secrets.token_hex(4)}", secrets.token_hex(8)
    await run(postgres, f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    await run(
        database_url,
        f"GRANT ALL ON credentials, audit_log TO {role}",
        *(
            f'ALTER POLICY "{name}" ON {table} TO {role}'
            for name, table in (
                ("The owner finds old seals", "credentials"),
                ("The owner seals anew", "credentials"),
                ("The owner notes new seals", "audit_log"),
            )
        ),
    )
    url = make_url(database_url).set(username=role, password=password)
    database = Database(url.render_as_string(hide_password=False))
    yield database
    await database.close()
    await run(database_url, f"DROP OWNED BY {role}")
    await run(postgres, f"DROP ROLE {role}")


async def test_row_security_opens_to_the_owner_only_for_sealing(
    plain_owner: Database, owner: Database
) -> None:
    await store(owner, await make_user(owner), 2)
    async with plain_owner.as_owner() as tx:
        assert (await tx.execute(text("SELECT * FROM credentials"))).all() == []
    assert await Rotation(plain_owner, BOTH).run(silent) == Rotated(2, 0)
    async with plain_owner.as_owner() as tx:
        assert (await tx.execute(text("SELECT * FROM credentials"))).all() == []
    with pytest.raises(DBAPIError, check=is_refused):
        async with plain_owner.as_owner() as tx:
            await tx.execute(
                text(
                    "INSERT INTO audit_log (user_id, action, outcome)"
                    " VALUES (gen_random_uuid(), 'planted', 'ok')"
                )
            )


async def test_a_piece_is_taken_without_a_look_at_all_that_is_left(
    plain_owner: Database, owner: Database
) -> None:
    for _ in range(4):
        await store(owner, await make_user(owner), 1000)
    async with owner.as_owner() as tx:
        await tx.execute(text("ANALYZE credentials"))
    async with plain_owner.as_owner() as tx:
        first = await credentials.stale(tx, "k2", after=None, limit=10)
        then = await credentials.stale(tx, "k2", after=first[-1], limit=10)
        assert len(first) == len(then) == 10
        assert first[-1].sealed.server < then[0].sealed.server
        assert await tx.scalar(READ) < 100
