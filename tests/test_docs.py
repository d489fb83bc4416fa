"""The documents say what the code does."""

import json
import re
from pathlib import Path

import pytest

from outfitter.adapters.ai.examples import Examples
from outfitter.adapters.files import catalogue_files
from outfitter.core.entries import lint
from outfitter.core.equipping.template import reference
from outfitter.core.finding.searchable import texts_of
from outfitter.core.words import spelling
from outfitter.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return json.dumps(list(value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_as_it_is(name: str) -> None:
    field = Settings.model_fields[name]
    default = _shown(field.default)
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    in_page = f"`{default}`" if default else "\u2013"
    assert f"| `{name.upper()}` | {in_page} | {field.description} |" in page
    assert f"# {field.description}\n# {name.upper()}={default}\n" in example


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([A-Z_0-9]+)` \|", page, re.MULTILINE))

    assert named == {name.upper() for name in Settings.model_fields}


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]

    assert links
    assert [(page.name, to) for page, to in links if not (page.parent / to).exists()] == []


def test_each_file_that_a_document_names_is_there() -> None:
    homes = [
        ROOT / one for one in ("", "src/outfitter", "src/outfitter/adapters", "tests", "alembic")
    ]
    rooms = sorted({one.name for home in homes for one in home.iterdir() if one.is_dir()})
    file = re.compile(rf"`((?:{'|'.join(map(re.escape, rooms))})/[\w./-]*)(?:::(\w+))?`")
    named = {(page.name, *one) for page in PAGES for one in file.findall(page.read_text("utf-8"))}

    assert len(named) > 200
    for page, path, test in sorted(named):
        found = [home / path for home in homes if (home / path).exists()]
        assert found, f"{page}: {path}"
        assert not test or f"def {test}(" in found[0].read_text("utf-8"), f"{page}: {test}"


def test_each_module_of_a_diagram_is_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    (diagram,) = re.findall(r"```mermaid\n(.*?)```", page, re.DOTALL)
    named = re.findall(r"\[(\w+/[\w/]+)((?:, \w+)*)\]", diagram)
    modules = [
        path
        for first, beside in named
        for path in (
            first,
            *(f"{first.rpartition('/')[0]}/{one}" for one in beside.split(", ")[1:]),
        )
    ]
    homes = [ROOT / "src/outfitter", ROOT / "src/outfitter/adapters"]

    assert len(modules) > 10
    assert [one for one in modules if not any((at / f"{one}.py").exists() for at in homes)] == []


def test_each_call_that_a_document_names_is_in_the_contract() -> None:
    contract = json.loads((ROOT / "tests/data/openapi.json").read_text(encoding="utf-8"))
    calls = {
        f"{verb.upper()} {_without_names(path)}"
        for path, operations in contract["paths"].items()
        for verb in operations
    }
    call = re.compile(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`\s?]*)")
    named = {_without_names(one) for page in PAGES for one in call.findall(page.read_text("utf-8"))}

    assert len(named) > 10
    assert named <= calls


def _without_names(path: str) -> str:
    """A path in which it does not show what its parts are called."""
    return re.sub(r"\{\w+\}|[0-9a-f-]{36}", "{}", path)


def test_each_target_that_a_document_names_is_in_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = {
        one for page in PAGES for one in re.findall(r"`make\s([a-z]+)", page.read_text("utf-8"))
    }

    assert len(named) > 5
    assert named <= set(targets)


def test_the_documents_count_what_was_learnt_from_as_it_is() -> None:
    known = Examples.read()
    phrases = sum(len(one.examples) for one in known.needs)
    asked = [len(one.examples) for one in known.topics if one.topic]
    (lookalikes,) = (len(one.examples) for one in known.topics if not one.topic)
    texts = [text for server in catalogue_files.builtin() for text in texts_of(server)]
    said = {
        "docs/decisions/needs-by-example.md": (f"holds {len(known.needs)} needs",),
        "docs/decisions/local-embedding-model.md": (f"makes none of the {len(texts):,}, ",),
        "docs/decisions/requests-and-remarks.md": (
            f"has {len(known.remarks):,} messages that no server is for",
            f"has {len(known.requests):,} that take some tool",
            f"the {phrases:,} phrases of the needs",
            f"{sum(asked):,} questions of twelve topics by two hands",
            f"and {lookalikes} messages that only look like such",
        ),
        "docs/selection.md": (f"{len(spelling._REAL)} real words that are as near",),  # noqa: SLF001
    }

    assert len(asked) == 12
    for page, numbers in said.items():
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert [one for one in numbers if one not in text] == [], page


def test_the_index_leads_to_every_document() -> None:
    for folder in (ROOT / "docs", ROOT / "docs/decisions"):
        index = (folder / "index.md").read_text(encoding="utf-8")
        named = set(re.findall(r"\]\(([\w-]+\.md)\)", index))

        assert named == {page.name for page in folder.glob("*.md")} - {"index.md"}


def test_the_example_of_an_entry_can_be_loaded_as_it_stands(tmp_path: Path) -> None:
    page = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    example = page.split("```json\n", 1)[1].split("```", 1)[0]
    (tmp_path / "notes.json").write_text(example, encoding="utf-8")
    (server,) = catalogue_files.folder(tmp_path)

    assert server.name == "notes"
    assert not lint.complaints(server)


def test_the_variables_of_other_clients_are_called_as_the_files_call_them() -> None:
    page = (ROOT / "docs/clients.md").read_text(encoding="utf-8")
    notion = next(one for one in catalogue_files.builtin() if one.name == "notion")
    named = set(re.findall(r"MCP_[A-Z_]+", page))

    assert named == {reference("notion", one.key) for one in notion.inputs}


def test_a_call_that_writes_a_file_writes_none_where_it_is_refused() -> None:
    lines = [line for one in PAGES for line in one.read_text(encoding="utf-8").splitlines()]
    writing = [one for one in lines if "curl " in one and (" -o " in one or "> " in one)]

    assert len(writing) == 2
    assert all("curl -fsS " in one for one in writing)


def test_every_dependency_is_explained_in_one_line() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("\ndependencies = [", 1)[1].split("\n]", 1)[0]
    groups = project.split("[dependency-groups]", 1)[1].split("\n[", 1)[0]
    extras = project.split("[project.optional-dependencies]", 1)[1].split("\n[", 1)[0]
    named = re.findall(r"\"([A-Za-z0-9-]+)", block + groups + extras)

    assert named
    assert [name for name in named if f"| {name} |" not in page] == []


def test_each_failure_names_tests_that_are_there() -> None:
    page = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!what breaks|---)(.*) \|$", page, re.MULTILINE)

    assert rows
    for row in rows:
        named = re.findall(r"`([a-z_/]+/test_\w+\.py)::(test_\w+)`", row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test
