"""The documents say what the code does."""

import json
import re
from pathlib import Path

import pytest

from outfitter.adapters.files import catalogue_files
from outfitter.core.entries import lint
from outfitter.core.equipping.template import reference
from outfitter.settings import Settings

ROOT = Path(__file__).parents[1]


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
    pages = (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    lines = [line for one in pages for line in one.read_text(encoding="utf-8").splitlines()]
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
