"""What a server.json document comes to."""

from collections.abc import Mapping

import pytest

from outfitter.core.catalogue import Access, Place, RemoteTemplate, Server, StdioTemplate
from outfitter.core.entries.serverjson import parse
from outfitter.core.entries.serverjson_shape import META
from outfitter.core.errors import BadCatalogue

Json = Mapping[str, object]


def a_document(**fields: object) -> dict[str, object]:
    return {
        "name": "org.example/notes",
        "description": "Keeps notes.",
        "version": "2.0.0",
        **fields,
    }


def a_package(registry: str = "npm", **fields: object) -> Json:
    return {
        "registryType": registry,
        "identifier": "notes-server",
        "version": "1.2.3",
        "transport": {"type": "stdio"},
        **fields,
    }


def started(*packages: Json, **fields: object) -> tuple[str, ...]:
    template = parse(a_document(packages=packages, **fields)).template
    assert isinstance(template, StdioTemplate)
    return (template.command, *template.args)


def hosted(remote: Json) -> tuple[Server, RemoteTemplate]:
    server = parse(a_document(remotes=[remote]))
    assert isinstance(server.template, RemoteTemplate)
    return server, server.template


def extras(**fields: object) -> Json:
    return {META: {"outfitter": fields}}


def test_an_npm_package_is_started_pinned() -> None:
    assert started(a_package()) == ("npx", "-y", "notes-server@1.2.3")


def test_a_pypi_package_is_started_pinned() -> None:
    assert started(a_package("pypi")) == ("uvx", "--from", "notes-server==1.2.3", "notes-server")


def test_an_image_gets_its_environment_by_name() -> None:
    package = a_package(
        "oci",
        identifier="ghcr.io/example/notes:1.2.3",
        environmentVariables=[{"name": "NOTES_TOKEN", "isRequired": True, "isSecret": True}],
    )
    expected = ("docker", "run", "-i", "--rm", "-e", "NOTES_TOKEN", "ghcr.io/example/notes:1.2.3")
    assert started(package) == expected


def test_what_is_asked_for_a_container_stays_out_of_the_command() -> None:
    secret = {"key": {"isRequired": True, "isSecret": True}}
    runtime = [
        {"type": "named", "name": "-e", "value": "NOTES_KEY={key}", "variables": secret},
        {"type": "named", "name": "--env", "value": "MODE=fast"},
        {"type": "named", "name": "-e", "value": "LANG"},
    ]
    server = parse(a_document(packages=[a_package("oci", runtimeArguments=runtime)]))

    assert isinstance(server.template, StdioTemplate)
    assert server.template.env == {"NOTES_KEY": "${KEY}"}
    flags = ("--env", "MODE=fast", "-e", "LANG", "-e", "NOTES_KEY")
    assert server.template.args == ("run", "-i", "--rm", *flags, "notes-server:1.2.3")
    assert server.inputs[0].place is Place.ENV


@pytest.mark.parametrize(
    ("home", "name", "image"),
    [
        ("https://ghcr.io", "example/notes", "ghcr.io/example/notes:1.2.3"),
        ("https://ghcr.io/", "ghcr.io/example/notes", "ghcr.io/example/notes:1.2.3"),
        ("https://docker.io", "example/notes", "example/notes:1.2.3"),
        (None, "quay.io/example/notes", "quay.io/example/notes:1.2.3"),
    ],
)
def test_an_image_is_fetched_from_where_it_lies(home: str | None, name: str, image: str) -> None:
    assert started(a_package("oci", registryBaseUrl=home, identifier=name))[-1] == image


def test_the_program_inside_a_package_can_be_named() -> None:
    meta = extras(script="notes")
    assert started(a_package(), _meta=meta) == ("npx", "-y", "-p", "notes-server@1.2.3", "notes")
    assert started(a_package("pypi"), _meta=meta)[-1] == "notes"


def test_runtime_arguments_stand_before_the_package_and_its_own_behind() -> None:
    package = a_package(
        "pypi",
        runtimeArguments=[{"type": "named", "name": "--with", "value": "mcp<2"}],
        packageArguments=[{"type": "named", "name": "--quiet"}],
    )
    assert started(package) == (
        "uvx",
        "--with",
        "mcp<2",
        "--from",
        "notes-server==1.2.3",
        "notes-server",
        "--quiet",
    )


def test_a_package_that_cannot_be_started_is_passed_over() -> None:
    assert started(a_package("mcpb"), a_package()) == ("npx", "-y", "notes-server@1.2.3")


def test_an_environment_variable_becomes_an_input() -> None:
    variable = {
        "name": "NOTES_TOKEN",
        "description": "The token",
        "isRequired": True,
        "isSecret": True,
        "placeholder": "nt_...",
    }
    server = parse(a_document(packages=[a_package(environmentVariables=[variable])]))
    assert isinstance(server.template, StdioTemplate)
    assert server.template.env == {"NOTES_TOKEN": "${NOTES_TOKEN}"}
    assert server.required_tokens == {"NOTES_TOKEN": "The token"}
    assert server.inputs[0].example == "nt_..."
    assert server.access is Access.PASTE


def test_a_fixed_value_is_not_asked_for() -> None:
    variable = {"name": "NOTES_HOST", "value": "notes.example.org"}
    server = parse(a_document(packages=[a_package(environmentVariables=[variable])]))
    assert isinstance(server.template, StdioTemplate)
    assert server.template.env == {"NOTES_HOST": "notes.example.org"}
    assert server.inputs == ()
    assert server.access is Access.OPEN


def test_a_flag_and_its_value_are_two_arguments() -> None:
    argument = {"type": "named", "name": "--api-key", "isRequired": True, "isSecret": True}
    server = parse(a_document(packages=[a_package(packageArguments=[argument])]))
    assert isinstance(server.template, StdioTemplate)
    assert server.template.args[-2:] == ("--api-key", "${API_KEY}")
    assert server.inputs[0].place is Place.ARG


def test_several_values_can_share_one_argument() -> None:
    argument = {
        "type": "positional",
        "value": "{user}:{password}@{unknown}",
        "variables": {"user": {"isRequired": True}, "password": {"isSecret": True}},
    }
    server = parse(a_document(packages=[a_package(packageArguments=[argument])]))
    assert isinstance(server.template, StdioTemplate)
    assert server.template.args[-1] == "${USER}:${PASSWORD}@{unknown}"
    assert [(one.key, one.required, one.secret) for one in server.inputs] == [
        ("USER", True, False),
        ("PASSWORD", True, True),
    ]


def test_what_must_be_given_comes_first() -> None:
    variables = [{"name": "NICE"}, {"name": "NEEDED", "isRequired": True}]
    server = parse(a_document(packages=[a_package(environmentVariables=variables)]))
    assert [one.key for one in server.inputs] == ["NEEDED", "NICE"]


def test_a_header_can_carry_a_token() -> None:
    server, template = hosted(
        {
            "type": "streamable-http",
            "url": "https://notes.example.org/mcp",
            "headers": [
                {
                    "name": "Authorization",
                    "value": "Bearer {notes_token}",
                    "variables": {"notes_token": {"isRequired": True, "isSecret": True}},
                }
            ],
        }
    )
    assert template.transport == "http"
    assert template.headers == {"Authorization": "Bearer ${NOTES_TOKEN}"}
    assert server.inputs[0].place is Place.HEADER


def test_an_address_can_carry_a_value() -> None:
    server, template = hosted(
        {
            "type": "sse",
            "url": "https://{tenant}.notes.example.org/sse",
            "variables": {"tenant": {"isRequired": True}},
        }
    )
    assert template.url == "https://${TENANT}.notes.example.org/sse"
    assert server.inputs[0].place is Place.URL


def test_a_name_in_braces_that_nobody_declares_is_asked_for_where_a_value_is_required() -> None:
    server, template = hosted(
        {
            "type": "streamable-http",
            "url": "https://notes.example.org/{project}/mcp",
            "headers": [
                {
                    "name": "Authorization",
                    "description": "The token of Notes",
                    "value": "Bearer {notes_token}",
                    "isRequired": True,
                    "isSecret": True,
                }
            ],
        }
    )

    assert template.url == "https://notes.example.org/${PROJECT}/mcp"
    assert template.headers == {"Authorization": "Bearer ${NOTES_TOKEN}"}
    assert {(one.key, one.required, one.secret) for one in server.inputs} == {
        ("PROJECT", True, False),
        ("NOTES_TOKEN", True, True),
    }
    assert server.required_tokens["NOTES_TOKEN"] == "The token of Notes"
    assert server.access is Access.PASTE


def test_braces_of_a_fixed_value_stay_as_they_are() -> None:
    fixed = [
        {"name": "FORM", "value": "{title}: {body}"},
        {"name": "LOG", "value": '{"level": 1}', "isRequired": True},
    ]
    server = parse(a_document(packages=[a_package(environmentVariables=fixed)]))

    assert isinstance(server.template, StdioTemplate)
    assert server.template.env == {"FORM": "{title}: {body}", "LOG": '{"level": 1}'}
    assert server.inputs == ()


def test_a_hosted_server_that_asks_for_nothing_wants_a_sign_in() -> None:
    server, _ = hosted({"type": "streamable-http", "url": "https://notes.example.org/mcp"})
    assert server.access is Access.SIGN_IN


def test_the_extras_say_what_the_official_shape_cannot() -> None:
    variable = {"name": "NOTES_TOKEN", "isRequired": True, "isSecret": True}
    server = parse(
        a_document(
            packages=[a_package(environmentVariables=[variable])],
            _meta=extras(
                key="my-notes",
                more="Also finds them.",
                service="notes",
                inputs={"NOTES_TOKEN": {"format": "^nt_"}},
                tools=[{"name": "add", "description": "Add a note", "required": ["text"]}],
                steps=["Make a token"],
                official=True,
            ),
        )
    )
    assert (server.name, server.service, server.official) == ("my-notes", "notes", True)
    assert server.description == "Keeps notes. Also finds them."
    assert server.tools[0].required == ("text",)
    assert server.inputs[0].format == "^nt_"
    assert server.version == "1.2.3"
    assert server.publisher == "org.example"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (None, "the document"),
        ([], "the document"),
        ({"name": "a/b", "version": "1"}, "description"),
        (a_document(), "packages"),
        (a_document(packages=[a_package("nuget")]), "packages.0.registryType"),
        (a_document(packages=[{"registryType": "npm"}]), "packages.0.identifier"),
        (a_document(remotes=[{"type": "ftp", "url": "x"}]), "remotes.0.type"),
        (a_document(packages=[a_package(environmentVariables=[{"name": "9"}])]), "9"),
        (a_document(packages=[a_package()], _meta=extras(tools="x")), "tools"),
        (a_document(packages=[a_package()], _meta=extras(typo=1)), "typo"),
        (
            a_document(packages=[a_package()], _meta=extras(tools=[{"name": "add", "typo": 1}])),
            "tools.0.typo",
        ),
        (a_document(packages=[a_package()], _meta=extras(inputs={"NO": {}})), "_meta.inputs.NO"),
    ],
)
def test_a_bad_document_is_refused_by_field(document: object, field: str) -> None:
    with pytest.raises(BadCatalogue) as caught:
        parse(document)
    assert field in caught.value.detail


def test_a_complaint_never_repeats_a_value() -> None:
    with pytest.raises(BadCatalogue) as caught:
        parse(a_document(packages="planted-secret"))
    assert "planted-secret" not in caught.value.detail


def asked(server: Server) -> dict[str, str]:
    return {one.key: one.description for one in server.inputs}


def test_arguments_that_call_their_values_alike_are_asked_for_each() -> None:
    names = ("--source", "--target")
    arguments = [
        *({"type": "named", "name": one, "valueHint": "path", "isRequired": True} for one in names),
        {"type": "positional", "valueHint": "path"},
    ]
    package = a_package(packageArguments=arguments)

    assert started(package)[3:] == ("--source", "${PATH}", "--target", "${TARGET}", "${PATH_2}")


def test_what_goes_into_two_places_is_asked_for_once_unless_it_is_not_the_same() -> None:
    key = {"isRequired": True, "isSecret": True}
    package = a_package(
        environmentVariables=[{"name": "API_KEY", **key}, {"name": "PORT", "default": "1"}],
        packageArguments=[
            {"type": "named", "name": "--api-key", **key},
            {"type": "named", "name": "--url", "value": "h:{port}", "variables": {"port": {}}},
        ],
    )

    assert started(package)[3:] == ("--api-key", "${API_KEY}", "--url", "h:${URL_PORT}")


def test_the_values_to_choose_from_are_told() -> None:
    region = {"name": "REGION", "description": "Where it lies.", "choices": ["eu", "us"]}
    server = parse(a_document(packages=[a_package(environmentVariables=[region])]))

    assert asked(server) == {"REGION": "Where it lies: one of eu, us"}


@pytest.mark.parametrize(
    ("field", "needs"),
    [
        ({"isRequired": True, "isSecret": True}, (True, True)),
        ({"isRequired": True}, (True, False)),
        ({}, (False, False)),
    ],
)
def test_of_a_text_that_must_be_there_every_part_must(
    field: Json, needs: tuple[bool, bool]
) -> None:
    header = {"name": "Authorization", "value": "Bearer {t}", "variables": {"t": {}}, **field}
    server, _ = hosted({"type": "sse", "url": "https://a.example.org", "headers": [header]})

    assert [(one.required, one.secret) for one in server.inputs] == [needs]


def test_what_must_be_given_is_not_lost_for_what_stands_beside_it() -> None:
    variables = {"user": {"isRequired": True}, "host": {"default": "h"}, "base": {}}
    text = {"name": "DSN", "value": "{user}@{host}/{base}", "variables": variables}
    server = parse(a_document(packages=[a_package(environmentVariables=[text])]))

    assert set(server.required_tokens) == {"USER", "BASE"}


def test_a_number_or_a_switch_is_what_a_program_is_given() -> None:
    port = {"name": "PORT", "default": 8080, "choices": [80, 8080], "placeholder": 80}
    fixed = {"type": "named", "name": "--workers", "value": 2}
    on = {"name": "ON", "default": True}
    server = parse(
        a_document(packages=[a_package(environmentVariables=[port, on], packageArguments=[fixed])])
    )

    assert isinstance(server.template, StdioTemplate)
    assert server.template.args[-2:] == ("--workers", "2")
    assert [(one.default, one.example) for one in server.inputs] == [("8080", "80"), ("true", None)]
    assert asked(server)["PORT"] == "Port: one of 80, 8080"


def test_an_argument_that_may_be_repeated_takes_three_values_of_which_two_may_be_left_out() -> None:
    folder = {"type": "positional", "valueHint": "folder", "isRequired": True, "isRepeated": True}
    flag = {"type": "named", "name": "--quiet", "isRepeated": True}
    server = parse(a_document(packages=[a_package(packageArguments=[folder, flag])]))

    assert isinstance(server.template, StdioTemplate)
    assert server.template.args[2:] == ("${FOLDER}", "${FOLDER_2}", "${FOLDER_3}", "--quiet")
    assert [(one.key, one.required) for one in server.inputs] == [
        ("FOLDER", True),
        ("FOLDER_2", False),
        ("FOLDER_3", False),
    ]
    assert asked(server)["FOLDER_2"] == "One more, if wanted: Folder"


def test_the_parts_of_a_repeated_argument_are_repeated_together() -> None:
    parts = {"user": {"isRequired": True}, "host": {"default": "home"}}
    flag = {"type": "named", "name": "--at", "value": "{user}@{host} {HOME}", "variables": parts}
    package = a_package(packageArguments=[{**flag, "isRepeated": True}])

    words = ("--at", "${USER}@${HOST} {HOME}", "--at", "${USER_2}@${HOST_2} {HOME}")
    assert started(package)[3:7] == words


def test_what_is_asked_of_docker_may_begin_with_its_verb() -> None:
    runtime = [{"type": "positional", "value": "run"}, {"type": "named", "name": "--rm"}]
    image = ("docker", "run", "-i", "--rm", "--rm", "notes-server:1.2.3")
    assert started(a_package("oci", runtimeArguments=runtime)) == image


def test_the_program_of_a_package_with_extras_is_called_without_them() -> None:
    package = a_package("pypi", identifier="notes[all]")
    assert started(package) == ("uvx", "--from", "notes[all]==1.2.3", "notes")
