"""A revision that does more than add is noticed before anybody runs it."""

from types import ModuleType

import pytest
from alembic import op

from rules import expanding

NEW = "CREATE TABLE notes (id uuid PRIMARY KEY, text text NOT NULL)"


def faults(*said: str, contract: str = "") -> list[str]:
    module = ModuleType("revision")

    def upgrade() -> None:
        for one in said:
            op.execute(one)

    module.upgrade = upgrade  # type: ignore[attr-defined]
    return list(expanding.faults(expanding.statements(module), contract=contract))


def test_the_revisions_only_add() -> None:
    assert list(expanding.breaches()) == []


@pytest.mark.parametrize(
    "statement",
    [
        NEW,
        "ALTER TABLE sessions ADD COLUMN colour text",
        "ALTER TABLE sessions ADD COLUMN stars integer NOT NULL DEFAULT 0",
        "ALTER TABLE sessions ADD COLUMN seen timestamptz NOT NULL DEFAULT now()",
        "ALTER TABLE sessions ALTER COLUMN title DROP NOT NULL",
        "CREATE INDEX CONCURRENTLY idx ON sessions (title)",
        "DROP INDEX CONCURRENTLY IF EXISTS idx",
        "REINDEX INDEX CONCURRENTLY idx",
        "CREATE OR REPLACE FUNCTION f() RETURNS void AS $$ DELETE FROM sessions $$ LANGUAGE sql",
        "CREATE POLICY own ON sessions USING (true)",
        "CREATE VIEW seen AS SELECT 1",
        "CREATE ROLE reader NOLOGIN",
        "GRANT SELECT ON sessions TO authenticated",
        "GRANT INSERT, UPDATE (title) ON sessions TO authenticated",
        "CREATE POLICY own ON sessions FOR UPDATE TO authenticated USING (true)",
        "INSERT INTO kinds VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 1",
        "ALTER TABLE sessions ADD COLUMN x int /* NOT NULL */",
    ],
)
def test_what_old_code_does_not_notice_passes(statement: str) -> None:
    assert faults(statement) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TABLE sessions", "drops"),
        ("ALTER TABLE sessions DROP COLUMN title", "drops"),
        ("ALTER TABLE sessions DROP CONSTRAINT x", "drops"),
        ("ALTER TABLE sessions ALTER COLUMN title DROP DEFAULT", "drops"),
        ("drop function f()", "drops"),
        ("DROP POLICY own ON sessions", "drops"),
        ("DROP INDEX idx", "drops"),
        ("DO $$ BEGIN EXECUTE 'DROP TABLE sessions'; END $$", "drops"),
        ("ALTER TABLE sessions\n  RENAME COLUMN title TO name", "renames"),
        ("ALTER TABLE sessions RENAME TO talks", "renames"),
        ("ALTER TABLE sessions SET SCHEMA old", "renames"),
        ("TRUNCATE sessions", "empties"),
        ("DELETE FROM sessions", "empties"),
        ("LOCK TABLE sessions", "locks"),
        ("ALTER TABLE sessions SET UNLOGGED", "locks"),
        ("REINDEX TABLE sessions", "locks"),
        ("ALTER TABLE sessions ALTER COLUMN title TYPE varchar(9)", "changes a type"),
        ("ALTER TABLE sessions ALTER title SET DATA TYPE text", "changes a type"),
        ("ALTER TABLE sessions ALTER COLUMN title SET NOT NULL", "forbids"),
        ("ALTER TABLE sessions ADD CONSTRAINT x CHECK (true)", "forbids"),
        ("ALTER TABLE sessions ADD UNIQUE (title)", "forbids"),
        ("CREATE UNIQUE INDEX CONCURRENTLY idx ON sessions (title)", "forbids"),
        ("CREATE POLICY p ON sessions AS RESTRICTIVE USING (false)", "forbids"),
        ("ALTER TABLE sessions FORCE ROW LEVEL SECURITY", "forbids"),
        ("REVOKE ALL ON sessions FROM authenticated", "forbids"),
        ("CREATE TRIGGER t BEFORE INSERT ON sessions EXECUTE FUNCTION f()", "forbids"),
        ("CREATE RULE r AS ON INSERT TO sessions DO INSTEAD NOTHING", "forbids"),
        ("ALTER POLICY own ON sessions USING (false)", "forbids"),
        ("ALTER TABLE sessions ADD COLUMN colour text NOT NULL", "must be given"),
        ("ALTER TABLE sessions ADD colour text NOT NULL", "must be given"),
        ("ALTER TABLE sessions ADD a text NOT NULL, ADD b int DEFAULT 0", "must be given"),
        ("ALTER TABLE sessions ADD price numeric(10, 2) NOT NULL", "must be given"),
        ("ALTER TABLE sessions ADD COLUMN n bigserial", "every row"),
        ("ALTER TABLE sessions ADD COLUMN n uuid DEFAULT gen_random_uuid()", "every row"),
        ("ALTER TABLE sessions ADD n text GENERATED ALWAYS AS (title) STORED", "every row"),
        ("UPDATE sessions SET title = ''", "every row"),
        ("CREATE INDEX idx ON sessions (title)", "in everybody's way"),
        ("ALTER TABLE sessions ADD COLUMN x text UNIQUE", "in everybody's way"),
        ("ALTER TABLE sessions ADD x uuid DEFAULT public.gen_random_uuid()", "every row"),
        ("ALTER TABLE sessions ADD x text DEFAULT NULL NOT NULL", "must be given"),
        ("ALTER TABLE sessions ADD x text NOT NULL /* DEFAULT 1 */", "must be given"),
        ("alter/* it */table Sessions alter/**/column title set/**/not null", "forbids"),
        ('ALTER TABLE "sessions" DROP/* one */COLUMN title', "drops"),
        ('ALTER TABLE sessions ALTER "odd name" TYPE text', "changes a type"),
        ("ALTER TABLE sessions DETACH PARTITION old", "drops"),
        ("ALTER TABLE sessions OWNER TO another", "moves"),
        ("ALTER TABLE sessions VALIDATE CONSTRAINT x", "locks"),
        ("ALTER TABLE sessions DISABLE ROW LEVEL SECURITY", "allows"),
        ("ALTER TABLE sessions DISABLE TRIGGER ALL", "allows"),
        ("DO $do$ BEGIN UPDATE sessions SET title = ''; END $do$", "every row"),
        ("DO $$ BEGIN REVOKE ALL ON sessions FROM authenticated; END $$", "forbids"),
        ("WITH old AS (SELECT 1) UPDATE sessions SET title = ''", "every row"),
        ("MERGE INTO sessions USING old ON true WHEN MATCHED THEN DELETE", "empties"),
        ("ALTER TABLE sessions ADD COLUMN n int CHECK (n > 0)", "checks every row"),
        ("ALTER TABLE sessions ADD x uuid REFERENCES agents (id)", "checks every row"),
        ("CREATE OR REPLACE VIEW seen AS SELECT 1", "changes a view"),
        ("CREATE OR REPLACE TEMP RECURSIVE VIEW seen AS SELECT 1", "changes a view"),
        ("ALTER ROLE authenticated NOLOGIN", "changes a role"),
        ("DO $$ BEGIN ALTER USER outfitter_api SET work_mem = '1MB'; END $$", "changes a role"),
        ("CREATE TABLE IF NOT EXISTS a (); ALTER TABLE a ALTER b SET NOT NULL", "forbids"),
    ],
)
def test_what_old_code_would_stumble_over_is_refused_unless_it_is_marked(
    statement: str, what: str
) -> None:
    assert [what in one for one in faults(statement)] == [True]
    assert faults(statement, contract="nothing reads it since 0.3") == []


def test_a_table_of_the_same_revision_may_be_finished() -> None:
    rest = (
        "CREATE UNIQUE INDEX idx ON notes (text)",
        "ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "REVOKE ALL ON notes FROM PUBLIC",
    )

    assert faults(NEW, *rest) == []
    assert len(faults(*rest)) == 3


def test_what_stands_behind_another_statement_of_one_text_is_noticed() -> None:
    old = "ALTER TABLE sessions ALTER COLUMN title SET NOT NULL"

    assert len(faults(f"{NEW};{old}")) == 1


@pytest.mark.parametrize("contract", ["", "nothing reads it since 0.3"])
def test_what_is_not_undone_with_the_rest_stands_alone(contract: str) -> None:
    index = "CREATE INDEX CONCURRENTLY idx ON sessions (title)"

    assert "revision of its own" in faults(NEW, index, contract=contract)[0]
