"""`outfitter doctor` on databases that were set up, restored or reached in a wrong way."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from outfitter.adapters.postgres.database import Database
from outfitter.adapters.vault import Keyring, Vault
from outfitter.cli.database import Urls
from outfitter.core.user import User
from programs.databases import make_user, named, plain, run
from programs.doctor import examined
from programs.pgbouncer import pooled
from programs.postgres_programs import followed

_STORE = (
    "INSERT INTO credentials (user_id, server, key, sealed, key_id)"
    " VALUES ('{user}', '{one.server}', '{one.key}', '{one.sealed}', '{one.key_id}')"
)


async def test_a_pooler_that_the_settings_do_not_know_of_is_told_each_time(
    home: Path, urls: Urls
) -> None:
    with pooled(plain(urls.api)) as through:
        settings = {"DATABASE_URL": plain(through)}
        _, _, first = await examined(home, **settings)
        _, _, second = await examined(home, **settings)
        code, fit, _ = await examined(home, **settings, DB_POOLER="transaction")

    assert "set DB_POOLER=transaction" in first["database"]
    assert second == first
    assert (code, "database" in fit) == (0, True)


@pytest.mark.parametrize(
    "lost", ["REVOKE ALL ON sessions FROM authenticated", "REVOKE ALL ON mcp_servers FROM anon"]
)
async def test_rights_that_a_restore_lost_are_told_by_their_table(
    home: Path, urls: Urls, lost: str
) -> None:
    await run(urls.owner, lost)
    _, _, wrong = await examined(home, DATABASE_URL=plain(urls.api))

    said = " ".join(wrong.values())
    assert lost.split()[3] in said
    assert "a restore without privileges loses" in said
    assert "Cannot be examined" not in said


async def test_a_database_that_only_reads_is_told(home: Path, urls: Urls) -> None:
    database = urls.owner.rpartition("/")[2]
    await run(urls.owner, f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    _, _, wrong = await examined(home, DATABASE_URL=plain(urls.api))

    assert "let DATABASE_URL name the primary" in wrong["database"]


async def test_a_replica_that_does_not_keep_up_is_told(
    home: Path, urls: Urls, tmp_path: Path
) -> None:
    async with followed(urls.owner, tmp_path / "outfitter.dump") as (primary, follower):
        settings = {
            "DATABASE_URL": plain(primary.urls.api),
            "CATALOGUE_DATABASE_URL": plain(follower.api),
        }
        _, fit, _ = await examined(home, **settings)
        await run(follower.owner, "SELECT pg_wal_replay_pause()")
        await run(primary.urls.owner, "CREATE TABLE later (id int)")
        _, _, wrong = await examined(home, **settings)

    assert fit["replica"] == "Searched for the catalogue."
    assert set(wrong) == {"replica"}
    assert re.match(r"The replica does not keep up, it lacks [0-9]+ bytes of ", wrong["replica"])


async def test_a_replica_of_some_other_database_is_told(
    home: Path, urls: Urls, postgres: str
) -> None:
    other = plain(named(postgres, "postgres"))
    _, _, wrong = await examined(home, DATABASE_URL=plain(urls.api), CATALOGUE_DATABASE_URL=other)

    assert "let CATALOGUE_DATABASE_URL name a replica" in wrong["replica"]


async def test_more_connections_than_there_are_are_told(home: Path, urls: Urls) -> None:
    many = {"WORKERS": "64", "DB_POOL_SIZE": "200"}
    _, _, embedded = await examined(home, **many)
    _, _, own = await examined(home, **many, DATABASE_URL=plain(urls.api))
    _, fit, _ = await examined(home, **many, DATABASE_URL=plain(urls.api), DB_POOLER="transaction")

    said = "WORKERS times DB_POOL_SIZE are 12800 connections, and the database has "
    assert embedded["connections"].startswith(f"{said}97 ")
    assert own["connections"].startswith(said)
    assert "connections" in fit


async def test_another_key_of_the_same_name_is_told(home: Path, urls: Urls) -> None:
    owner = Database(urls.owner)
    user = await make_user(owner)
    await owner.close()
    right = Keyring.new("k1")
    await _store(urls, user, right)
    settings = {"MIGRATION_DATABASE_URL": plain(urls.owner)}
    _, _, wrong = await examined(home, **settings, CREDENTIAL_KEYS=Keyring.new("k1"))
    _, fit, _ = await examined(home, **settings, CREDENTIAL_KEYS=right)

    assert wrong["seals"].startswith("Nothing opens that keys of these names sealed: k1. ")
    assert fit["seals"] == "2 credentials stored, each under a key that is set."


async def _store(urls: Urls, user: User, keys: str) -> None:
    vault = Vault(Keyring.parse(keys))
    sealed = vault.seal(user, "notion", "NOTION_TOKEN", "value")
    moved = vault.seal(User(str(uuid4())), "gmail", "GMAIL_ADDRESS", "value")
    await run(urls.owner, *(_STORE.format(user=user.id, one=one) for one in (moved, sealed)))
