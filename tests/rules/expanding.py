"""Which revisions of the tables do more than add, so that code of before would stumble.

A revision that has to, once no running code needs what it takes, says so: `contract = "why"`.
"""

import importlib.util
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import ModuleType

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

VERSIONS = Path(__file__).parents[2] / "alembic/versions"

# What one of several actions, divided by commas, says.
_PART = r"(?:[^,(]|\([^)]*\))*"
_DEFAULT = r"\bDEFAULT (?!NULL\b)"
# Of any statement.
_NEVER = {
    "drops something": r"\bDROP (?!NOT NULL\b|INDEX CONCURRENTLY\b)|\bDETACH PARTITION\b",
    "renames or moves something": r"\bRENAME\b|\bSET SCHEMA\b|\bOWNER TO\b",
    "empties a table": r"\bTRUNCATE\b|\bDELETE FROM\b|\bMERGE INTO\b",
    "locks a table": r"\bLOCK TABLE\b|\bVACUUM FULL\b|\bCLUSTER\b|\bSET (?:UN)?LOGGED\b"
    r"|\bREINDEX (?!.*CONCURRENTLY\b)|\bVALIDATE CONSTRAINT\b",
    "changes a view": r"\bCREATE OR REPLACE (?:\w+ )*VIEW\b",
    # Roles belong to the whole server, and the old code logs in as one.
    "changes a role": r"\bALTER (?:ROLE|USER|GROUP)\b(?!.*RENAME)",
}
# Of statements about a table that was there before.
_ON_OLD_TABLES = {
    "changes a type": r"\bALTER (?:COLUMN )?(?:\S+|\"[^\"]*\") (?:SET DATA )?TYPE\b",
    "forbids what was allowed": r"\bSET NOT NULL\b|\bADD (?:CONSTRAINT|CHECK|UNIQUE|PRIMARY"
    r"|FOREIGN|EXCLUDE)\b|\bAS RESTRICTIVE\b|\b(?:ENABLE|FORCE) ROW LEVEL\b|\bCREATE UNIQUE\b"
    r"|\bREVOKE\b|\bCREATE (?:CONSTRAINT )?TRIGGER\b|\bCREATE (?:OR REPLACE )?RULE\b"
    r"|\bALTER POLICY\b",
    "allows what was forbidden": r"\bDISABLE (?:TRIGGER|RULE|ROW LEVEL)\b"
    r"|\bNO FORCE ROW LEVEL\b",
    "writes into every row": r"(?<!DO )\bUPDATE (?!ON\b)[^;(]*\bSET\b",
    "adds a column that must be given": rf"\bADD (?!{_PART}{_DEFAULT}){_PART}\bNOT NULL\b",
    "adds a column that is written into every row": r"\bADD (?:COLUMN )?.*"
    r"(?:\b(?:small|big)?serial\b|\bGENERATED\b|\bDEFAULT \(?(?:\w+\.)?(?:gen_random_uuid|random"
    r"|uuidv7|clock_timestamp|nextval)\b)",
    "checks every row, or holds the table it points to": r"\bADD (?!CONSTRAINT\b|CHECK\b|FOREIGN\b)"
    r".*\b(?:CHECK|REFERENCES)\b",
    "makes an index in everybody's way": r"\bCREATE INDEX (?!CONCURRENTLY\b)"
    r"|\bADD (?!CONSTRAINT\b|UNIQUE\b|PRIMARY\b).*\b(?:UNIQUE|PRIMARY KEY)\b",
}
_BODY = re.compile(
    r"(CREATE (?:OR REPLACE )?FUNCTION\b.*?)(\$\w*\$).*?\2", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_MADE = re.compile(r"\bCREATE (?:TABLE|FUNCTION) (?!IF NOT EXISTS\b)([\w.]+)", re.IGNORECASE)
_TABLE = re.compile(
    r"^(?:ALTER TABLE (?:ONLY )?|REVOKE .*? ON (?:TABLE |FUNCTION )?|CREATE .*? ON (?:ONLY )?)"
    r"(?:IF EXISTS )?([\w.]+)",
    re.IGNORECASE,
)


def breaches() -> Iterator[str]:
    """What unmarked revisions do beyond adding; and what is left undone when they are cut off."""
    for path in sorted(VERSIONS.glob("*.py")):
        module = _loaded(path)
        if path.stem[:5] != f"{module.revision}_" or not re.fullmatch(r"\d{4}", module.revision):
            yield f"{path.name}: revisions are numbered in order, with four digits"
        if module.down_revision is None:
            continue  # before the first there was no code
        for said in faults(statements(module), contract=getattr(module, "contract", "")):
            yield f"{path.name}: {said}"


def statements(module: ModuleType) -> list[str]:
    """What a revision says to the database on the way up, each in one line, without bodies."""
    told = StringIO()
    options = {"as_sql": True, "output_buffer": told}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with context.begin_transaction(), Operations.context(context):
        module.upgrade()
    said = _BODY.sub(r"\1", _COMMENT.sub(" ", told.getvalue()))
    lines = (" ".join(one.split()) for one in said.split(";"))
    return [one for one in lines if one and one not in {"BEGIN", "COMMIT"}]


def faults(said: list[str], *, contract: str) -> Iterator[str]:
    """What is wrong with the statements of a revision."""
    apart = [one for one in said if "CONCURRENTLY" in one.upper()]
    if apart and apart != said:
        yield "what runs CONCURRENTLY needs a revision of its own, which can be begun again"
    if contract:
        return
    made = {name.lower() for one in said for name in _MADE.findall(one)}
    for one in said:
        table = _TABLE.match(one)
        is_new = table is not None and table[1].lower() in made
        for what, pattern in (_NEVER if is_new else {**_NEVER, **_ON_OLD_TABLES}).items():
            if re.search(pattern, one, re.IGNORECASE):
                yield f'{what}, and is not marked contract = "why": {one[:80]}'


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
