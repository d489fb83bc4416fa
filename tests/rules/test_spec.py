"""Every requirement has a test that would fail without it, or a reason why there is none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from rules.spec import OPEN, REQUIREMENTS

TESTS = Path(__file__).parents[1]


def _marks(node: ast.AST) -> Iterator[str]:
    """The requirements that a decorator or a list of marks names."""
    for call in ast.walk(node):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr == "proves":
            yield from (str(one.value) for one in call.args if isinstance(one, ast.Constant))


def _proven() -> dict[str, list[str]]:
    """The tests that prove each requirement."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for requirement in (one for mark in node.decorator_list for one in _marks(mark)):
                found.setdefault(requirement, []).append(f"{path.relative_to(TESTS)}::{node.name}")
    return found


def test_every_requirement_is_proven_or_said_to_be_open() -> None:
    assert sorted(set(REQUIREMENTS) - set(_proven()) - set(OPEN)) == []


def _rows() -> dict[str, list[str]]:
    """The tests that the security page names for each requirement."""
    page = (TESTS.parent / "docs/security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (R-\d+) \| ([^|]+) \| ([^|]*) \|$", page, re.MULTILINE)
    assert {name: text for name, text, _ in rows} == REQUIREMENTS
    return {name: re.findall(r"`([^`]+)`", tests) for name, _, tests in rows}


def test_every_row_of_the_security_page_names_tests_that_prove_it() -> None:
    proven = _proven()

    for name, tests in _rows().items():
        assert tests or name in OPEN, name
        assert set(tests) <= set(proven.get(name, [])), name


def test_no_mark_names_a_requirement_that_does_not_exist() -> None:
    assert {name: tests for name, tests in _proven().items() if name not in REQUIREMENTS} == {}


def test_what_is_open_is_a_requirement_and_has_a_reason() -> None:
    assert set(OPEN) <= set(REQUIREMENTS)
    assert all(len(reason) > 20 for reason in OPEN.values())
