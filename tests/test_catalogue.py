"""What every built-in entry keeps to, and what the catalogue as a whole offers."""

import json
import re
from pathlib import Path

import pytest

from outfitter.adapters.files import catalogue_files
from outfitter.core.catalogue import Access, Server, StdioTemplate
from outfitter.core.entries.columns import from_columns, to_columns
from outfitter.core.entries.lint import complaints
from outfitter.core.equipping.doing import Effect, of_tool
from outfitter.core.invocation import invocation

HOME = Path(catalogue_files.__file__).parents[2] / "catalogue"
SERVERS = catalogue_files.builtin()
KEY_FREE = (
    "calculator duckdb everything excel filesystem git memory powerpoint sequential-thinking "
    "sqlite time word"
)
READ_ONLY = {"--readOnly", "--read-only"}
OFFICIAL_NAME = re.compile(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+")

each = pytest.mark.parametrize("server", SERVERS, ids=[one.name for one in SERVERS])


def named(name: str) -> Server:
    return next(one for one in SERVERS if one.name == name)


@pytest.mark.proves("R-49")
@each
def test_an_entry_draws_no_complaint(server: Server) -> None:
    assert complaints(server) == ()


@each
def test_an_entry_survives_its_columns(server: Server) -> None:
    assert from_columns(json.loads(json.dumps(to_columns(server)))) == server


@each
def test_an_entry_stands_in_the_file_of_its_name(server: Server) -> None:
    document = json.loads((HOME / f"{server.name}.json").read_text())
    assert OFFICIAL_NAME.fullmatch(document["name"])
    assert len(document["description"]) <= 100


@each
def test_whoever_must_bring_something_is_told_where_to_get_it(server: Server) -> None:
    if server.access is Access.OPEN:
        assert not server.required_tokens
    else:
        assert server.steps
        assert server.obtain_url
    if server.access is Access.PASTE:
        assert all(said.strip() for said in server.required_tokens.values())
        assert server.required_tokens


@each
def test_a_command_of_a_step_starts_the_version_that_is_pinned(server: Server) -> None:
    commands = re.findall("`((?:npx|uvx) [^`]+)`", " ".join(server.steps))
    for command in commands:
        assert isinstance(server.template, StdioTemplate)
        taken = invocation(server.template)
        assert taken
        assert set(taken.packages) <= set(command.split()), command


@each
def test_an_entry_can_be_found_by_words(server: Server) -> None:
    assert len(server.keywords) >= 3
    assert all(tool.description for tool in server.tools)


@each
def test_a_server_that_only_reads_lists_no_tool_that_deletes(server: Server) -> None:
    if isinstance(server.template, StdioTemplate) and READ_ONLY & set(server.template.args):
        assert not [tool.name for tool in server.tools if Effect.DELETE in of_tool(tool)]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("n8n", {"N8N_API_URL", "N8N_API_KEY"}),
        ("spotify", {"SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"}),
    ],
)
def test_what_a_server_offers_its_tools_for_is_asked(name: str, keys: set[str]) -> None:
    assert keys <= set(named(name).required_tokens)


def test_the_catalogue_is_wide() -> None:
    assert len(SERVERS) >= 170
    assert len({one.name for one in SERVERS}) == len(SERVERS)
    assert len({one.category for one in SERVERS}) == 32


@pytest.mark.parametrize("name", KEY_FREE.split())
def test_a_server_without_a_key_asks_for_nothing(name: str) -> None:
    assert named(name).access is Access.OPEN


def test_gmail_needs_no_more_than_an_address_and_an_app_password() -> None:
    assert list(named("gmail").required_tokens) == ["GMAIL_ADDRESS", "GMAIL_APP_PASSWORD"]
    assert named("gmail").service == named("gmail-oauth").service


def test_notion_is_reached_with_one_pasted_token() -> None:
    assert named("notion").access is Access.PASTE
    assert list(named("notion").required_tokens) == ["NOTION_TOKEN"]
