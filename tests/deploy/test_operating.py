"""The operator's pages name commands, settings and tests that are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from outfitter.cli import app
from outfitter.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
SCALING = (ROOT / "docs/scaling.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs/security.md").read_text(encoding="utf-8")
# Variables of the stack and of the images beside ours, which are no settings.
STACK = {"POSTGRES_PASSWORD", "API_PASSWORD", "SITE_ADDRESS", "PUBLISH", "PUBLISH_TLS"}
STACK |= {"API_REPLICAS", "FRONT_SUBNET", "COMPOSE_PROFILES", "DATABASE_HOST"}


def _commands(group: TyperGroup, before: str = "outfitter") -> Iterator[str]:
    """Every command as the table writes it."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{before} {name}")
        else:
            assert isinstance(command, TyperCommand)
            yield " ".join([f"{before} {name}", *sorted(_parameters(command))])


def _parameters(command: TyperCommand) -> Iterator[str]:
    for one in command.params:
        if one.param_type_name == "argument":
            name = str(one.name).upper()
            yield name if one.required else f"[{name}]"
        elif one.name != "help":
            names = (one.opts[0], *one.secondary_opts)
            yield from (name if one.required else f"[{name}]" for name in names)


def _sorted(row: str) -> str:
    """A row's command with its parameters in the order that `_commands` has."""
    command = [one for one in row.split() if one.islower() and one.isalpha()]
    return " ".join([*command, *sorted(row.split()[len(command) :])])


def test_the_table_of_commands_is_the_command_line() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)

    rows = re.findall(r"^\| `(outfitter [^`]+)` \|", OPERATING, re.MULTILINE)
    assert {_sorted(row) for row in rows} == set(_commands(group))


@pytest.mark.parametrize(
    "page", [OPERATING, SCALING, SECURITY], ids=["operating", "scaling", "security"]
)
def test_what_looks_like_a_setting_is_one(page: str) -> None:
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b", page))

    assert named - STACK <= {name.upper() for name in Settings.model_fields}


def test_what_the_page_on_scaling_says_was_tried_has_its_test() -> None:
    named = re.findall(r"`(tests/\S+\.py)`", SCALING)

    assert len(named) >= 5
    assert [one for one in named if not (ROOT / one).is_file()] == []


def test_each_promise_names_code_and_tests_that_are_there() -> None:
    promises = _promises()

    assert promises
    for promise, code, tests in promises:
        for file in code:
            homes = (ROOT / "src/outfitter", ROOT / "alembic", ROOT)
            assert any((home / file).is_file() for home in homes), f"{promise}: {file}"
        for file in tests:
            assert Path(file).name.startswith("test_"), f"{promise}: {file}"
            assert (ROOT / "tests" / file).is_file(), f"{promise}: {file}"
        assert code, promise
        assert tests, promise


def _promises() -> list[tuple[str, list[str], list[str]]]:
    """Each row of the table: what is promised, the code's files, the tests' files."""
    promises = SECURITY.partition("\n## Requirement by requirement\n")[0]
    head, _rule, *rows = re.findall(r"^\| (.*) \| (.*) \| (.*) \|$", promises, re.MULTILINE)
    assert head == ("promise", "where", "shown by")
    named = [(text, *(re.findall(r"`([^`]+)`", cell) for cell in cells)) for text, *cells in rows]
    return [(text, code, tests) for text, code, tests in named]
