"""The database adapter: who asks, what comes back, and what is said when nobody answers."""

import asyncio
import json
import secrets
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from outfitter.adapters.postgres import revisions
from outfitter.adapters.postgres.database import Database
from outfitter.core.errors import Refused, Unavailable
from outfitter.core.user import User
from programs.databases import clone, make_user, named, run

NOBODY_THERE = "postgresql://me:hunter2@127.0.0.1:1/app"
WHO = text(
    "SELECT current_user AS role, current_setting('request.jwt.claims', true) AS claims,"
    " session_user AS login, pg_backend_pid() AS pid"
)


def someone() -> User:
    return User(id=str(uuid4()), email="ada@example.com")


async def pid(tx: AsyncConnection) -> int:
    return int((await tx.execute(WHO)).one().pid)


@pytest.mark.proves("R-33")
async def test_a_transaction_has_the_rights_and_the_claims_of_its_user(database: Database) -> None:
    user = someone()
    async with database.transaction(user) as tx:
        row = (await tx.execute(WHO)).one()
    assert (row.role, row.login) == ("authenticated", "outfitter_api")
    assert json.loads(row.claims) == {
        "sub": user.id,
        "email": "ada@example.com",
        "role": "authenticated",
        "iat": 0,
    }


async def test_a_visitor_is_anonymous(database: Database) -> None:
    async with database.transaction(None) as tx:
        row = (await tx.execute(WHO)).one()
    assert row.role == "anon"
    assert json.loads(row.claims) == {"role": "anon"}


async def test_an_address_with_quotes_stays_a_value(database: Database) -> None:
    user = User(id=str(uuid4()), email="o'hara\"; --@example.com")
    async with database.transaction(user) as tx:
        assert json.loads((await tx.execute(WHO)).one().claims)["email"] == user.email


@pytest.mark.proves("R-33")
async def test_nothing_of_a_user_is_left_after_a_commit(narrow: Database) -> None:
    async with narrow.transaction(someone()) as tx:
        used = await pid(tx)
    async with narrow.as_owner() as tx:
        row = (await tx.execute(WHO)).one()
    assert (row.pid, row.role, row.claims) == (used, "outfitter_api", "")


@pytest.mark.proves("R-33")
async def test_nothing_of_a_user_is_left_after_a_rollback(narrow: Database) -> None:
    async def fail() -> None:
        async with narrow.transaction(someone()):
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with narrow.as_owner() as tx:
        row = (await tx.execute(WHO)).one()
    assert (row.role, row.claims) == ("outfitter_api", "")


async def test_an_error_undoes_the_whole_transaction(owner: Database) -> None:
    async def fail() -> None:
        async with owner.as_owner() as tx:
            await tx.execute(text("CREATE TABLE half (n int)"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with owner.as_owner() as tx:
        assert (await tx.execute(text("SELECT to_regclass('half')"))).scalar() is None


async def test_a_newcomer_is_remembered_once(database: Database, owner: Database) -> None:
    user = someone()
    for _ in range(2):
        async with database.transaction(user, remember=True):
            pass
    async with owner.as_owner() as tx:
        found = await tx.execute(text("SELECT CAST(id AS text), email FROM auth.users"))
        assert [tuple(row) for row in found] == [(user.id, user.email)]


async def test_a_test_user_is_known(owner: Database) -> None:
    user = await make_user(owner, "grace@example.com")
    async with owner.as_owner() as tx:
        found = await tx.execute(text("SELECT CAST(id AS text) FROM auth.users"))
        assert found.scalars().all() == [user.id]


async def test_a_lock_lets_one_in_at_a_time(database: Database) -> None:
    seen: list[str] = []

    async def enter(name: str) -> None:
        async with database.transaction(someone(), lock="door") as tx:
            seen.append(name)
            await tx.execute(text("SELECT pg_sleep(0.05)"))
            seen.append(name)

    await asyncio.gather(*(enter(name) for name in "abc"))
    assert seen[0::2] == seen[1::2]


async def test_different_locks_do_not_meet(database: Database) -> None:
    user = someone()
    async with database.transaction(user, lock="one"), database.transaction(user, lock="two") as tx:
        assert await pid(tx)


async def test_json_ids_and_times_come_back_as_values(database: Database) -> None:
    question = text(
        """
        SELECT CAST('{"a": [1, null, "é"]}' AS jsonb) AS held, CAST('[true]' AS json) AS plain,
               CAST(NULL AS jsonb) AS nothing, CAST(:id AS uuid) AS id, now() AS moment,
               jsonb_build_object('at', now()) AS inside
        """
    )
    user = someone()
    async with database.transaction(user) as tx:
        row = (await tx.execute(question, {"id": user.id})).one()
    assert row.held == {"a": [1, None, "é"]}
    assert row.plain == [True]
    assert row.nothing is None
    assert str(row.id) == user.id
    assert row.moment.tzinfo == UTC
    assert row.inside["at"].endswith("+00:00")


async def test_a_full_pool_answers_that_it_is_not_available(narrow: Database) -> None:
    async with narrow.transaction(someone()):
        assert narrow.pool_in_use == 1
        with pytest.raises(Unavailable) as told:
            async with narrow.transaction(someone()):
                pass
    assert told.value.detail == "The database is not available just now."
    assert told.value.retry_after == 2
    assert narrow.pool_in_use == 0


async def test_a_connection_that_died_in_the_pool_is_replaced(
    narrow: Database, owner: Database
) -> None:
    async with narrow.transaction(someone()) as tx:
        dead = await pid(tx)
    async with owner.as_owner() as tx:
        await tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": dead})
    async with narrow.transaction(someone()) as tx:
        assert await pid(tx) != dead


async def test_a_restart_of_the_server_costs_no_request(
    database: Database, owner: Database
) -> None:
    async def work() -> int:
        async with database.transaction(someone()) as tx:
            await tx.execute(text("SELECT pg_sleep(0.05)"))
            return await pid(tx)

    before = await asyncio.gather(*(work() for _ in range(4)))
    async with owner.as_owner() as tx:
        for each in set(before):
            await tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": each})
    after = await asyncio.gather(*(work() for _ in range(4)))
    assert len(set(before)) == 4
    assert not set(before) & set(after)


async def test_what_is_no_fault_of_the_connection_is_not_tried_again(
    database: Database, database_url: str, owner: Database, user: User
) -> None:
    await run(
        database_url,
        "CREATE SEQUENCE tries",
        "GRANT USAGE ON SEQUENCE tries TO authenticated",
        "CREATE OR REPLACE FUNCTION has_left() RETURNS boolean LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'planted'; END $$",
    )
    with pytest.raises(DBAPIError, match="planted"):
        async with database.transaction(user):
            raise AssertionError

    async with owner.as_owner() as tx:
        assert await tx.scalar(text("SELECT last_value FROM tries")) == 1


async def test_a_connection_that_dies_at_work_is_told_without_a_word_of_the_driver(
    narrow: Database, owner: Database
) -> None:
    async def work() -> None:
        async with narrow.transaction(someone()) as tx:
            dying = await pid(tx)
            async with owner.as_owner() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": dying})
            await tx.execute(WHO)

    with pytest.raises(Unavailable) as told:
        await work()
    assert told.value.detail == "The database is not available just now."
    assert narrow.pool_in_use == 0
    async with narrow.transaction(someone()) as tx:
        assert await pid(tx)


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)",
        "SET LOCAL transaction_read_only = on; CREATE TEMP TABLE refused AS SELECT 1",
    ],
)
async def test_what_the_database_cannot_do_now_is_not_available(
    owner: Database, statement: str
) -> None:
    async def work() -> None:
        async with owner.as_owner() as tx:
            for part in statement.split("; "):
                await tx.execute(text(part))

    with pytest.raises(Unavailable):
        await work()


async def test_only_the_patient_wait_for_an_answer_that_takes_long(database_url: str) -> None:
    patient = Database(database_url, pool_size=1, answer_within=None)
    async with patient.as_owner() as tx:
        await tx.execute(text("SELECT pg_sleep(0.2)"))
        assert await tx.scalar(text("SHOW statement_timeout")) == "0"
    await patient.close()

    other = Database(database_url, pool_size=1, answer_within=0.1)
    with pytest.raises(Unavailable):
        async with other.as_owner() as tx:
            await tx.execute(text("SELECT pg_sleep(0.2)"))
    await other.close()


async def test_a_row_that_others_hold_too_long_is_not_available(
    owner: Database, database_url: str
) -> None:
    other = Database(database_url)
    table = text("CREATE TABLE held (n int)")
    async with owner.as_owner() as tx:
        await tx.execute(table)

    async def wait() -> None:
        async with other.as_owner() as tx:
            await tx.execute(text("SET LOCAL lock_timeout = '50ms'"))
            await tx.execute(text("LOCK TABLE held"))

    async with owner.as_owner() as tx:
        await tx.execute(text("LOCK TABLE held"))
        with pytest.raises(Unavailable):
            await wait()
    await other.close()


@pytest.mark.proves("R-37")
async def test_a_mistake_of_ours_stays_an_error_and_shows_no_values(database: Database) -> None:
    async def work() -> None:
        async with database.transaction(someone()) as tx:
            await tx.execute(text("SELECT CAST(:it AS text) FROM missing"), {"it": "hunter2"})

    with pytest.raises(DBAPIError) as told:
        await work()
    assert "missing" in str(told.value)
    assert "hunter2" not in str(told.value)


async def test_a_database_that_is_not_there_is_told_without_the_password() -> None:
    database = Database(NOBODY_THERE)
    with pytest.raises(Unavailable) as told:
        await database.check("any")
    assert told.value.detail == (
        "The database at 127.0.0.1:1 does not answer: start it, or correct its URL."
    )
    with pytest.raises(Unavailable, match=r"^The database is not available just now\.$"):
        async with database.transaction(None):
            pass
    await database.close()


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql:///app", "the socket of this machine"),
        ("postgresql:///app?host=/nowhere", "/nowhere"),
        ("postgresql:///app?host=127.0.0.1,127.0.0.2&port=1,1", "127.0.0.1,127.0.0.2"),
    ],
)
async def test_a_database_is_named_by_the_place_that_its_address_names(
    monkeypatch: pytest.MonkeyPatch, url: str, place: str
) -> None:
    monkeypatch.setenv("PGHOST", "/nowhere")
    database = Database(url)
    with pytest.raises(Unavailable) as told:
        await database.check("any")
    assert told.value.detail.startswith(f"The database at {place} does not answer: ")
    await database.close()


async def test_while_no_server_is_what_the_url_asks_for_the_database_is_away(api_url: str) -> None:
    database = Database(f"{api_url}?target_session_attrs=standby")
    with pytest.raises(Unavailable):
        await database.check("any")
    with pytest.raises(Unavailable):
        async with database.transaction(None):
            pass
    await database.close()


async def test_a_wrong_password_is_told(api_url: str) -> None:
    wrong = make_url(api_url).set(password="hunter2").render_as_string(hide_password=False)
    database = Database(wrong)
    with pytest.raises(Refused, match="refuses outfitter_api") as told:
        await database.check("any")
    assert "hunter2" not in told.value.detail
    await database.close()


@pytest.mark.parametrize(
    ("may", "says"),
    [
        ("NOLOGIN", "does not let .* in from here: .* pg_hba.conf .* log in"),
        ("LOGIN CONNECTION LIMIT 0", "no connection left for .* DB_POOL_SIZE"),
        ("LOGIN", "refuses .* something, .*alembic_version.*: .* outfitter_api"),
    ],
)
async def test_a_role_that_may_not_come_in_is_told_why(
    owner: Database, database_url: str, may: str, says: str
) -> None:
    role = f"visitor_{secrets.token_hex(4)}"
    async with owner.as_owner() as tx:
        await tx.execute(text(f"CREATE ROLE {role} {may} PASSWORD 'pass-word'"))
    url = make_url(database_url).set(username=role, password="pass-word")
    visitor = Database(url.render_as_string(hide_password=False))
    try:
        with pytest.raises((Refused, Unavailable), match=says):
            await visitor.check(revisions.head())
    finally:
        await visitor.close()
        async with owner.as_owner() as tx:
            await tx.execute(text(f"DROP ROLE {role}"))


@pytest.mark.parametrize(
    ("mode", "says"), [("sometimes", "`sslmode` parameter must be"), ("verify-full", "root cert")]
)
async def test_an_option_that_the_driver_cannot_follow_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: str, says: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    database = Database(f"postgresql://me:hunter2@127.0.0.1:1/app?sslmode={mode}")

    with pytest.raises(Refused) as refused:
        await database.check("0001")
    await database.close()

    assert refused.value.detail.startswith(f"The database URL cannot be followed: {says}")
    assert "\n" not in refused.value.detail


async def test_a_database_without_tls_is_told_where_the_url_asks_for_it(api_url: str) -> None:
    database = Database(f"{api_url}?sslmode=require")
    with pytest.raises(Refused, match="has no TLS: switch it on there, or take sslmode from"):
        await database.check("any")
    await database.close()


async def test_a_missing_database_is_told(postgres: str) -> None:
    database = Database(named(postgres, "no_such_database"))
    with pytest.raises(Refused, match="There is no database no_such_database"):
        await database.check("any")
    await database.close()


async def test_a_migrated_database_passes_the_check(database: Database, owner: Database) -> None:
    await database.check(revisions.head())
    await owner.check(revisions.head())


async def test_another_revision_is_told(database: Database) -> None:
    with pytest.raises(Refused, match="not at ffff: run `outfitter migrate`"):
        await database.check("ffff")


async def test_a_later_revision_is_fit_for_earlier_code(database: Database) -> None:
    await database.check("0001")


@pytest.mark.parametrize("revision", ["0004", "8d1f", "00051", "99990"])
async def test_tables_that_are_earlier_or_not_ours_are_told(
    database: Database, owner: Database, revision: str
) -> None:
    async with owner.as_owner() as tx:
        statement = text("UPDATE alembic_version SET version_num = :revision")
        await tx.execute(statement, {"revision": revision})

    with pytest.raises(Refused, match=f"at revision {revision}, not at 0005"):
        await database.check("0005")


async def test_an_empty_database_is_told(postgres: str) -> None:
    async with clone(postgres, "template0") as url:
        database = Database(url)
        with pytest.raises(Refused, match="no tables yet: run `outfitter migrate`"):
            await database.check("any")
        await database.close()


async def test_behind_a_pooler_no_statement_is_kept_on_the_server(api_url: str) -> None:
    database = Database(api_url, pooler="transaction", pool_size=1)
    for _ in range(3):
        async with database.transaction(someone()) as tx:
            kept = await tx.execute(text("SELECT count(*) FROM pg_prepared_statements"))
            assert kept.scalar_one() == 0
    await database.close()


async def test_a_connection_that_ends_while_it_is_opened_is_told(database: Database) -> None:
    opening = database._engine.sync_engine  # noqa: SLF001 - where the driver's own errors come out

    def end(connection: Any, _record: object) -> None:  # noqa: ANN401 - the pool's own wrapper
        connection.run_async(lambda driver: driver.close())

    event.listen(opening, "connect", end, insert=True)
    with pytest.raises(Unavailable):
        async with database.transaction(someone()):
            pass
