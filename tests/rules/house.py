"""The house rules that no linter knows: sizes, locks, and revisions that take away."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rules import expanding

ROOT = Path(__file__).parents[2]
MODULE, TEST_MODULE, FUNCTION = 300, 500, 40
_ADDRESS = re.compile(r"https?://")


def main() -> None:
    """Print every breach and leave with 1 if there is one."""
    breaches = [*sizes(), *lock_addresses(), *stale_locks(), *expanding.breaches()]
    for breach in breaches:
        sys.stdout.write(f"{breach}\n")
    if breaches:
        sys.exit(1)
    sys.stdout.write("House rules kept.\n")


def sizes() -> Iterator[str]:
    """Modules and functions that are too long to be read in one sitting."""
    for path in _python_files():
        text = path.read_text(encoding="utf-8")
        most = TEST_MODULE if "tests" in path.parts else MODULE
        if (lines := text.count("\n")) > most:
            yield f"{_short(path)}: {lines} lines, at most {most}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION:
                    yield f"{_short(path)}:{node.lineno}: {node.name} has {length} lines"


def lock_addresses() -> Iterator[str]:
    """Lock files that name where packages come from."""
    for path in (*ROOT.glob("requirements/*.lock"), *ROOT.glob("package-lock.json")):
        if _ADDRESS.search(path.read_text(encoding="utf-8")):
            yield f"{_short(path)} names an address: run `make lock`"


def stale_locks() -> Iterator[str]:
    """Lock files that do not hold what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    traced = [*run, *project["project"]["optional-dependencies"]["otel"]]
    wants = {"run": run, "otel": traced, "dev": [*traced, *groups["dev"]]}
    for name, wanted in wants.items():
        pins = _pins(ROOT / "requirements" / f"{name}.lock")
        for requirement in map(Requirement, wanted):
            pinned = pins.get(canonicalize_name(requirement.name))
            if pinned is None or pinned not in requirement.specifier:
                yield f"requirements/{name}.lock has no {requirement}: run `make lock`"


def _pins(lock: Path) -> dict[str, str]:
    found = re.findall(
        r"^([a-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", lock.read_text("utf-8"), re.MULTILINE
    )
    return {canonicalize_name(name): version for name, version in found}


def _python_files() -> Iterator[Path]:
    for folder in ("src", "tests", "alembic", "bench", "scripts"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
