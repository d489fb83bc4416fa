"""What an entry of Docker's registry comes to."""

from typing import Any

import pytest

from outfitter.core.catalogue import Access, RemoteTemplate, Server, StdioTemplate
from outfitter.core.entries import dockeryaml
from outfitter.core.entries.dockeryaml import DockerEntry
from outfitter.core.entries.importing import Rules, bring

RULES = Rules("registry.example.org, 2026-11-22")
DOCKER: dict[str, Any] = {
    "name": "notes",
    "type": "server",
    "image": "mcp/notes:1.0.0",
    "about": {"title": "Notes", "description": "Keeps notes."},
    "meta": {"category": "productivity", "tags": ["notes"]},
    "config": {
        "secrets": [{"name": "notes.token", "env": "NOTES_TOKEN", "example": "abc"}],
        "env": [{"name": "NOTES_HOST", "value": "{{notes.host}}"}],
        "parameters": {"properties": {"host": {"description": "Host"}}, "required": ["host"]},
    },
}


def docker(**fields: object) -> Server:
    tools = [{"name": "add", "description": "Adds"}]
    found = bring([DockerEntry("notes", DOCKER | fields, tools)], {}, RULES)
    assert found.refused == []
    return found.servers[0]


def test_an_entry_of_dockers_registry_asks_for_its_secrets_and_parameters() -> None:
    server = docker()

    assert server.template == StdioTemplate(
        command="docker",
        args=(*"run -i --rm -e NOTES_TOKEN -e NOTES_HOST mcp/notes:1.0.0".split(),),
        env={"NOTES_TOKEN": "${NOTES_TOKEN}", "NOTES_HOST": "${NOTES_HOST}"},
    )
    assert server.status == "active"
    assert [(it.key, it.secret, it.required) for it in server.inputs] == [
        ("NOTES_TOKEN", True, True),
        ("NOTES_HOST", False, True),
    ]
    assert [it.name for it in server.tools] == ["add"]


def test_a_remote_entry_of_dockers_registry_keeps_its_headers() -> None:
    remote = {"url": "https://x.example.org/mcp", "headers": {"X-Key": "${NOTES_TOKEN}"}}

    server = docker(type="remote", image=None, remote=remote)

    assert server.template == RemoteTemplate(
        transport="http", url=remote["url"], headers={"X-Key": "${NOTES_TOKEN}"}
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "poci"}, "Docker Desktop"),
        ({"type": "poci", "image": None}, "Docker Desktop"),
        ({"run": {"volumes": ["{{notes.paths|volume|into}}"]}}, "folders of the machine"),
        ({"run": {"command": ["{{notes.paths|into}}"]}}, "rule"),
        ({"run": {"env": {"PATHS": "{{notes.paths|into}}"}}}, "rule"),
        ({"config": {"env": [{"name": "A", "value": "{{notes.a|into}}"}]}}, "rule"),
        ({"image": "mcp/notes"}, "not pinned"),
    ],
)
def test_what_only_docker_can_run_is_kept_with_the_reason(
    fields: dict[str, Any], reason: str
) -> None:
    server = docker(**fields)

    assert server.status == "unusable"
    assert reason in (server.notes or "")


def test_a_folder_whose_name_is_no_text_is_refused_and_the_others_come_in() -> None:
    found = bring([DockerEntry("odd\udcff", DOCKER), DockerEntry("notes", DOCKER)], {}, RULES)

    assert [it.name for it in found.servers] == ["notes"]
    assert found.refused == ["odd: it holds halves of characters"]


def environment(server: Server) -> dict[str, str]:
    assert isinstance(server.template, StdioTemplate)
    return server.template.env


def test_parameters_are_filled_in_wherever_they_stand() -> None:
    parameters = {"properties": {"host": {}, "port": {"default": 80}}, "required": ["host"]}
    address = {"name": "ADDRESS", "value": "http://{{notes.host}}:{{notes.port}}"}
    server = docker(
        config={"env": [address], "parameters": parameters},
        run={"env": {"ORIGIN": "{{notes.host}}", "TWICE": "$ADDRESS $OTHER", "LINES": 5}},
    )

    assert environment(server) == {
        "ADDRESS": "http://${HOST}:${PORT}",
        "ORIGIN": "${HOST}",
        "TWICE": "http://${HOST}:${PORT} $OTHER",
        "LINES": "5",
    }
    assert [(it.key, it.required, it.default) for it in server.inputs] == [
        ("HOST", True, None),
        ("PORT", False, "80"),
    ]


def test_a_parameter_in_an_address_or_a_header_is_filled_in_too() -> None:
    remote = {"url": "https://x.example.org/{{notes.team}}", "headers": {"X-Key": "{{notes.key}}"}}
    server = docker(type="remote", image=None, remote=remote, config=None)

    assert server.template == RemoteTemplate(
        transport="http", url="https://x.example.org/${TEAM}", headers={"X-Key": "${KEY}"}
    )


def test_a_parameter_within_another_is_told_as_its_own_schema_does() -> None:
    wiki = {"properties": {"url": {"description": "The address"}}, "required": ["url"]}
    value = {"name": "WIKI_URL", "value": "{{notes.wiki.url}}"}
    needed = [
        docker(config={"env": [value], "parameters": parameters}).inputs[0]
        for parameters in (
            {"properties": {"wiki": wiki}, "required": ["wiki"]},
            {"properties": {"wiki": wiki}},
        )
    ]

    assert [(it.description, it.required) for it in needed] == [
        ("The address", True),
        ("The address", False),
    ]


def test_settings_are_written_as_yaml_writes_them_and_choices_are_told() -> None:
    mode = {"description": "How", "enum": ["a", "b"], "default": True}
    server = docker(
        config={
            "env": [{"name": "ON", "value": True}, {"name": "MODE", "value": "{{notes.mode}}"}],
            "parameters": {"properties": {"mode": mode}},
        }
    )

    assert environment(server)["ON"] == "true"
    assert [(it.description, it.default) for it in server.inputs] == [("How: one of a, b", "true")]


def test_what_docker_desktop_gets_by_signing_in_is_asked_for() -> None:
    token = {"provider": "notes", "secret": "notes.token", "env": "NOTES_TOKEN"}
    server = docker(config=None, oauth=[token, {"provider": "other"}])

    assert server.access is Access.PASTE
    assert server.required_tokens == {"NOTES_TOKEN": "Notes token"}


def test_whom_a_container_runs_as_and_that_it_has_no_network_is_kept() -> None:
    parameters: dict[str, Any] = {"properties": {"user": {}}}
    server = docker(
        config={"parameters": parameters}, run={"user": "{{notes.user}}", "disableNetwork": True}
    )

    assert isinstance(server.template, StdioTemplate)
    assert " ".join(server.template.args) == (
        "run -i --rm -u ${USER} --network=none mcp/notes:1.0.0"
    )
    assert server.status == "active"
    assert docker(run={"user": 1000, "disableNetwork": None}).status == "active"


@pytest.mark.parametrize("written", ["$notes_token", "${notes_token}"])
def test_a_secret_of_a_remote_entry_is_asked_for_however_its_variable_is_written(
    written: str,
) -> None:
    secret = {"name": "notes.token", "env": "notes_token"}
    remote = {"url": "https://x.example.org/mcp", "headers": {"X-Key": f"Bearer {written}"}}
    server = docker(type="remote", image=None, remote=remote, config={"secrets": [secret]})

    assert isinstance(server.template, RemoteTemplate)
    assert server.template.headers == {"X-Key": "Bearer ${NOTES_TOKEN}"}
    assert server.required_tokens.keys() == {"NOTES_TOKEN"}


@pytest.mark.parametrize("spelt", ["http", "streamable_http", "streamable-http"])
def test_a_remote_entry_is_reached_however_its_transport_is_spelt(spelt: str) -> None:
    remote = {"transport_type": spelt, "url": "https://notes.example.org/mcp"}
    document = {"name": "notes", "type": "remote", "remote": remote}
    server = dockeryaml.parse(DockerEntry("notes", document), "notes")

    assert isinstance(server.template, RemoteTemplate)
    assert server.template.transport == "http"
    assert server.is_usable
