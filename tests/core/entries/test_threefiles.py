"""What servers.json, config.json and credinfo.json come to."""

import pytest

from outfitter.core.catalogue import Access, Place, RemoteTemplate, Server, StdioTemplate
from outfitter.core.entries.threefiles import parse
from outfitter.core.errors import BadCatalogue

SERVERS = {
    "servers": [
        {"name": "Brave Search", "description": "Searches the web.", "tools": ["search"]},
        {
            "name": "Clock",
            "description": "Tells the time.",
            "tools": [
                {"name": "now", "description": "The time", "inputSchema": {"required": ["zone"]}}
            ],
        },
    ]
}
CONFIG = {
    "mcpServers": {
        "brave-search": {"command": "npx", "args": ["-y", "brave@1.2.3"], "env": {"LEVEL": "1"}},
        "clock": {"command": "uvx", "args": ["clock"]},
        "unused": {"command": "npx"},
    }
}
CREDINFO = {
    "credential_instructions": {
        "brave-search": {
            "required_tokens": {"BRAVE_API_KEY": "The key"},
            "steps": ["Sign up", "Copy the key"],
        }
    }
}


def one(launch: object, tokens: dict[str, str] | None = None) -> Server:
    servers = {"servers": [{"name": "Notes", "description": "Keeps notes."}]}
    info = {"credential_instructions": {"notes": {"required_tokens": tokens or {}}}}
    return parse(servers, {"mcpServers": {"notes": launch}}, info)[0]


def test_the_files_are_joined_by_name() -> None:
    brave, clock = parse(SERVERS, CONFIG, CREDINFO)
    assert (brave.name, brave.title, brave.version) == ("brave-search", "Brave Search", "1.2.3")
    assert brave.steps == ("Sign up", "Copy the key")
    assert brave.required_tokens == {"BRAVE_API_KEY": "The key"}
    assert brave.access is Access.PASTE
    assert clock.access is Access.OPEN
    assert clock.inputs == ()


def called(*names: str) -> list[str]:
    """What the catalogue calls servers that the files call so."""
    servers = {"servers": [{"name": name, "description": "Keeps notes."} for name in names]}
    launches = {name.lower().replace(" ", "-"): {"command": "npx"} for name in names}
    found = parse(servers, {"mcpServers": launches}, {"credential_instructions": {}})
    return [server.name for server in found]


def test_a_name_keeps_all_of_its_words_and_letters() -> None:
    assert called("A/B Tests", "Büro Über", "C++") == ["a-b-tests", "buro-uber", "c"]


def test_a_name_that_nothing_is_left_of_is_refused_in_plain_words() -> None:
    with pytest.raises(BadCatalogue) as caught:
        called("天气")
    assert caught.value.detail == "天气: its name needs a letter from a to z or a digit"


def test_a_tool_is_a_name_or_says_more() -> None:
    brave, clock = parse(SERVERS, CONFIG, CREDINFO)
    assert brave.tools[0].name == "search"
    assert clock.tools[0].required == ("zone",)


def test_a_token_goes_into_the_environment_unless_it_has_a_place() -> None:
    plain = one({"command": "npx"}, {"NOTES_TOKEN": "The token"})
    assert isinstance(plain.template, StdioTemplate)
    assert plain.template.env == {"NOTES_TOKEN": "${NOTES_TOKEN}"}
    placed = one({"command": "npx", "args": ["--token=${notes_token}"]}, {"NOTES_TOKEN": "It"})
    assert isinstance(placed.template, StdioTemplate)
    assert placed.template.args == ("--token=${NOTES_TOKEN}",)
    assert placed.template.env == {}
    assert placed.inputs[0].place is Place.ARG


def test_an_example_value_gives_way_to_the_token() -> None:
    server = one({"command": "npx", "env": {"NOTES_TOKEN": "<yours>"}}, {"NOTES_TOKEN": "It"})
    assert isinstance(server.template, StdioTemplate)
    assert server.template.env == {"NOTES_TOKEN": "${NOTES_TOKEN}"}


def test_a_placeholder_without_a_word_about_it_is_asked_for() -> None:
    server = one({"url": "https://notes.example.org/mcp", "headers": {"X-Key": "${NOTES_KEY}"}})
    assert isinstance(server.template, RemoteTemplate)
    assert server.required_tokens == {"NOTES_KEY": "Notes key"}
    assert server.inputs[0].secret


@pytest.mark.parametrize(
    ("servers", "config", "credinfo", "said"),
    [
        ({}, CONFIG, CREDINFO, "servers.json: servers"),
        ({"servers": 3}, CONFIG, CREDINFO, "servers.json: servers: Input should be a list"),
        ({"servers": [3]}, CONFIG, CREDINFO, "servers.json: servers.0: Input should be an object"),
        ({"servers": [{"name": "x"}]}, CONFIG, CREDINFO, "servers.json: servers.0.description"),
        (SERVERS, [], CREDINFO, "config.json"),
        (SERVERS, {"mcpServers": {}}, CREDINFO, "config.json: mcpServers.brave-search"),
        (SERVERS, CONFIG, {}, "credinfo.json: credential_instructions"),
        (
            SERVERS,
            CONFIG,
            {"credential_instructions": {"brave": {}}},
            "credinfo.json: credential_instructions.brave",
        ),
    ],
)
def test_a_bad_file_is_refused_by_file_and_field(
    servers: object, config: object, credinfo: object, said: str
) -> None:
    with pytest.raises(BadCatalogue) as caught:
        parse(servers, config, credinfo)
    assert said in caught.value.detail


def test_a_launch_without_a_way_is_refused() -> None:
    with pytest.raises(BadCatalogue, match="notes: command, url"):
        one({})


def test_a_token_without_a_place_in_a_hosted_server_is_refused() -> None:
    with pytest.raises(BadCatalogue, match=r"required_tokens\.NOTES_TOKEN"):
        one({"url": "https://notes.example.org/mcp"}, {"NOTES_TOKEN": "It"})


def test_what_is_null_is_as_if_it_were_not_there() -> None:
    tool = {"name": "add", "description": None, "inputSchema": None}
    servers = {"servers": [{"name": "Notes", "description": "Keeps notes.", "tools": [tool]}]}
    launch = {"command": "npx", "args": ["n@1.0.0"], "env": None, "url": None}
    info = {"credential_instructions": {"notes": {"required_tokens": None, "steps": None}}}
    (server,) = parse(servers, {"mcpServers": {"notes": launch}}, info)

    assert (server.tools[0].name, server.tools[0].description) == ("add", "")
    assert server.access is Access.OPEN


@pytest.mark.parametrize("said", [{"type": "sse"}, {"transport": "sse"}])
def test_how_a_hosted_server_is_spoken_to_has_two_names(said: dict[str, str]) -> None:
    server = one({"url": "https://a.example.org/sse", **said})

    assert server.template.transport == "sse"


@pytest.mark.parametrize("told", [(), ("-e", "KEY"), ("--env=KEY",)])
def test_a_container_is_passed_the_tokens_it_needs(told: tuple[str, ...]) -> None:
    launch = {"command": "docker", "args": ["run", "-i", *told, "mcp/notes:1.0"]}
    server = one(launch, {"KEY": "The key"})

    assert isinstance(server.template, StdioTemplate)
    passed = [arg for arg in server.template.args if "KEY" in arg]
    assert passed == [told[-1] if told else "KEY"]
    assert server.template.args[0] == "run"


def test_what_is_nested_without_end_is_refused() -> None:
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]

    with pytest.raises(BadCatalogue, match=r"servers\.json: nested too deeply"):
        parse({"servers": nested}, CONFIG, CREDINFO)


def test_a_number_or_a_switch_is_what_a_program_is_given() -> None:
    launch = {"command": "npx", "args": ["notes@1.0.0", 5], "env": {"PORT": 8080, "ON": True}}
    template = StdioTemplate(
        command="npx", args=("notes@1.0.0", "5"), env={"PORT": "8080", "ON": "true"}
    )
    assert one(launch).template == template
