"""Configuration files for other clients, each read by its client's own rules."""

import json
import re
from typing import Any

import pytest
import yaml

from core.rendering.outfits import AGENT, INVOICES, a_server, an_agent, an_input, reached, started
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Access, Place, Server
from outfitter.core.rendering import bundle, fast_agent
from outfitter.core.rendering.clients import Client, render

SAID = {
    Client.CLAUDE_DESKTOP: "<{}>",
    Client.CLAUDE_CODE: "${{{}}}",
    Client.CURSOR: "${{env:{}}}",
    Client.VSCODE: "${{input:{}}}",
}


def read(spec: AgentSpec, client: Client) -> dict[str, Any]:
    """The file as the client parses it."""
    document: dict[str, Any] = json.loads(render(spec, client).text)
    return document


def entry(server: Server, client: Client, *keys: str) -> dict[str, Any]:
    """What the file says of an agent's only server."""
    document = read(an_agent(Equipment(server=server, keys=keys)), client)
    found: dict[str, Any] = document["servers" if client is Client.VSCODE else "mcpServers"]
    (only,) = found.values()
    assert isinstance(only, dict)
    return only


def test_fast_agents_file_is_the_one_of_the_bundle() -> None:
    file = render(INVOICES, Client.FAST_AGENT)
    assert file.text == bundle.render(INVOICES, AGENT)[fast_agent.FILE]
    assert yaml.safe_load(file.text)["mcp"]["servers"]


@pytest.mark.parametrize("client", SAID)
def test_a_value_is_named_in_the_words_of_the_client(client: Client) -> None:
    mail = INVOICES.equipment[0].server
    said = SAID[client].format("MCP_GMAIL_PASSWORD")
    assert entry(mail, client, "EMAIL", "PASSWORD")["env"]["PASSWORD"] == said


@pytest.mark.parametrize("client", [Client.CLAUDE_CODE, Client.VSCODE])
def test_a_client_that_wants_types_is_told_them(client: Client) -> None:
    assert entry(a_server("a", started("a@1.0.0")), client)["type"] == "stdio"
    assert entry(a_server("a", reached("https://a.example/mcp")), client)["type"] == "http"


def test_a_client_that_asks_for_values_is_told_which_are_secret() -> None:
    inputs = {one["id"]: one for one in read(INVOICES, Client.VSCODE)["inputs"]}
    assert not inputs["MCP_GMAIL_EMAIL"]["password"]
    assert inputs["MCP_GMAIL_PASSWORD"] == {
        "type": "promptString",
        "id": "MCP_GMAIL_PASSWORD",
        "description": "Gmail: An app password",
        "password": True,
    }


def test_a_client_that_only_starts_programs_gets_a_bridge_to_hosted_servers() -> None:
    notes = INVOICES.equipment[1].server
    bridged = entry(notes, Client.CLAUDE_DESKTOP, "TOKEN", "TEAM")
    assert bridged["command"] == "npx"
    assert bridged["args"][2:] == [
        *("https://notes.example.com/v1?team=<MCP_NOTION_HOSTED_TEAM>", "--transport", "http-only"),
        *("--header", "Authorization:${HEADER_1}"),
    ]
    assert bridged["env"] == {"HEADER_1": "Bearer <MCP_NOTION_HOSTED_TOKEN>"}


def test_a_hosted_server_with_a_sign_in_needs_no_value() -> None:
    calendar = INVOICES.equipment[3].server
    assert calendar.access is Access.SIGN_IN
    assert entry(calendar, Client.CURSOR) == {"url": "https://calendar.example.com"}
    assert "env" not in entry(calendar, Client.CLAUDE_DESKTOP)


@pytest.mark.parametrize(
    ("client", "folder"),
    [
        (Client.CLAUDE_DESKTOP, "<FOLDER>"),
        (Client.CLAUDE_CODE, "${PWD}"),
        (Client.CURSOR, "${workspaceFolder}"),
        (Client.VSCODE, "${workspaceFolder}"),
    ],
)
def test_what_lies_in_the_agents_folder_is_found_from_anywhere(client: Client, folder: str) -> None:
    server = a_server(
        "keeper",
        started(
            *("keeper@1.0.0", "${ROOT}", "./files/y", "--db=./files/x.db"),
            *("--mode", "${MODE}"),
            FILE="${FILE}",
            KEYS="${KEYS}",
        ),
        an_input("MODE", Place.ARG, required=False, secret=False, default="fast"),
        an_input("ROOT", Place.ARG, required=False, secret=False, default="files"),
        an_input("FILE", secret=False, format="filepath", default="./files/m.jsonl"),
        an_input("KEYS", secret=False, format="filepath", default="keys.json"),
        folders=("files",),
    )
    found = entry(server, client)
    own = [f"{folder}/files", f"{folder}/files/y", "--db=./files/x.db"]
    assert found["args"] == ["keeper@1.0.0", *own, "--mode", "fast"]
    assert found["env"] == {"FILE": f"{folder}/files/m.jsonl", "KEYS": f"{folder}/keys.json"}


def test_nobody_is_asked_for_a_file_in_the_agents_folder() -> None:
    memory = next(one for one in builtin() if one.name == "memory")
    spec = an_agent(Equipment(server=memory, keys=("MEMORY_FILE_PATH",)))
    assert [one.key for one in memory.inputs] == ["MEMORY_FILE_PATH"]
    assert read(spec, Client.VSCODE)["inputs"] == []


def test_a_file_elsewhere_stays_where_it_is() -> None:
    server = a_server(
        "keeper",
        started("keeper@1.0.0", FILE="${FILE}"),
        an_input("FILE", secret=False, format="filepath", default="/etc/keeper.conf"),
    )
    assert entry(server, Client.CURSOR)["env"] == {"FILE": "/etc/keeper.conf"}


def test_whoever_types_a_part_of_an_address_is_told_how_to_write_it() -> None:
    server = a_server("a", reached("https://x.example/mcp?key=${K}"), an_input("K", Place.URL))
    spec = an_agent(Equipment(server=server, keys=("K",)))
    said = "The K; a part of an address, so / is %2F and so on"
    asked = json.loads(render(spec, Client.VSCODE).text)["inputs"]
    assert [one["description"] for one in asked] == [f"A: {said}"]
    assert f"# {said}\nMCP_A_K=''\n" in bundle.render(spec, AGENT)[".env.example"]


@pytest.mark.parametrize("client", SAID)
def test_every_server_of_the_catalogue_can_be_written(client: Client) -> None:
    for server in builtin():
        spec = an_agent(Equipment(server=server, keys=tuple(one.key for one in server.inputs)))
        text = render(spec, client).text
        example = bundle.render(spec, AGENT)[".env.example"]
        asked = re.findall("^(MCP_[A-Z0-9_]+)=''$", example, re.MULTILINE)
        unsaid = [name for name in asked if SAID[client].format(name) not in text]
        assert unsaid == (["MCP_MEMORY_MEMORY_FILE_PATH"] if server.name == "memory" else [])
        assert not re.findall(r'"(\./[^"]*)"', text)
