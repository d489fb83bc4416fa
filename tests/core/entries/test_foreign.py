"""Servers that others describe become entries under names of our own."""

from outfitter.core.entries.foreign import ForeignServer, servers_of


def described(*names: str) -> list[ForeignServer]:
    """Servers of those names."""
    return [ForeignServer(name=name, description=f"Does {name}.") for name in names]


def test_any_text_may_be_a_name_and_is_given_back_as_it_was() -> None:
    names = ["Google Sheets", "@scope/a-name-that-is-longer-than-ours-may-be", "天气", "!", "a\0b"]
    found = servers_of(described(*names))

    assert list(found) == names
    assert len({server.name for server in found.values()}) == len(names)
    assert found["Google Sheets"].title == "Google Sheets"


def test_names_that_look_alike_to_us_stay_apart() -> None:
    long = "a-name-that-is-longer-than-"
    found = servers_of(described("One Two", "one_two", "ONE-TWO", f"{long}x", f"{long}y"))

    assert [server.name for server in found.values()] == [
        "one-two",
        "one-two-2",
        "one-two-3",
        "a-name-that-is-longer-th",
        "a-name-that-is-longer-2",
    ]


def test_a_name_said_twice_is_one_server() -> None:
    first, second = described("gmail", "slack")
    again = ForeignServer(name="gmail", description="Another.")

    assert servers_of([first, second, again])["gmail"].description == "Does gmail."


def test_a_tool_may_be_told_by_its_name_alone() -> None:
    one = ForeignServer.model_validate({"name": "mail", "tools": ["send", {"name": "read"}]})

    assert [tool.name for tool in servers_of([one])["mail"].tools] == ["send", "read"]


def test_what_packages_add_to_a_name_is_no_part_of_its_service() -> None:
    found = servers_of(described("@acme/mcp-server-gmail", "Gmail MCP", "mcp"))

    assert [server.service for server in found.values()] == ["gmail", "gmail", "mcp"]


def test_what_is_missing_or_cannot_be_stored_is_left_out() -> None:
    rough = {
        "name": "rough",
        "description": "zero\0 and half \ud800 characters",
        "tools": [{"name": "do", "description": None}, {"name": "do"}],
        "stars": 7,
    }
    found = servers_of(map(ForeignServer.model_validate, [rough, {"name": "b", "tools": None}]))

    assert found["rough"].description == "zero and half  characters"
    assert [tool.name for tool in found["rough"].tools] == ["do"]
    assert found["b"].description == ""
    assert found["b"].tools == ()
