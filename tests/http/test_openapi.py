"""The OpenAPI document is the contract, so it changes only on purpose."""

import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from asking import asking
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.adapters.ids import new_id
from outfitter.core.equipping.requirements import badly_written, unknown
from outfitter.core.secrets import find
from outfitter.http.app import Manners, build
from outfitter.http.schemas.chat import ChatRequest

SNAPSHOT = Path(__file__).parents[1] / "data" / "openapi.json"


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def _document() -> str:
    document = build(new_id, manners=Manners(), lifespan=_nothing).openapi()
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def test_the_contract_is_as_it_was_agreed() -> None:
    """Run with UPDATE_GOLDEN=1 to agree to a new one."""
    document = _document()
    if os.environ.get("UPDATE_GOLDEN"):
        SNAPSHOT.write_text(document, encoding="utf-8")

    assert document == SNAPSHOT.read_text(encoding="utf-8")


def test_the_specs_routes_are_all_there() -> None:
    paths = json.loads(_document())["paths"]

    assert set(paths) >= {
        "/",
        "/api/auth/google",
        "/api/chat",
        "/api/chat/history",
        "/api/sessions/{session_id}/messages",
    }


def _operations() -> dict[str, dict[str, Any]]:
    """Every operation of the document, by its method and path."""
    return {
        f"{method} {path}": operation
        for path, methods in json.loads(_document())["paths"].items()
        for method, operation in methods.items()
    }


def _telling(status: str) -> set[str]:
    """The operations that list that answer."""
    return {name for name, one in _operations().items() if status in one["responses"]}


@pytest.mark.parametrize("status", ["400", "408", "500"])
def test_every_operation_tells_what_can_go_wrong_with_any_request(status: str) -> None:
    assert _telling(status) == _operations().keys()


@pytest.mark.parametrize("status", ["401", "403", "429", "503"])
def test_every_operation_that_looks_at_a_token_tells_that_it_may_refuse(status: str) -> None:
    assert _telling(status) - {"get /readyz"} == {one for one in _operations() if "/api/" in one}


def test_only_what_has_a_body_tells_what_can_be_wrong_with_one() -> None:
    with_body = {name for name, one in _operations().items() if "requestBody" in one}

    assert with_body == {"post /api/auth/google", "post /api/auth/refresh", "post /api/chat"}
    assert _telling("413") == _telling("415") == with_body


def test_only_what_takes_something_tells_that_it_may_be_invalid() -> None:
    taking = {
        name for name, one in _operations().items() if "requestBody" in one or one.get("parameters")
    }

    assert _telling("422") == taking
    assert not {"get /api/credentials", "delete /api/account", "get /healthz"} & taking


def test_only_what_names_something_tells_that_it_may_not_be_there() -> None:
    naming = {one for one in _operations() if "{" in one}

    assert _telling("404") == naming | {"post /api/chat", "get /api/chat/history", "get /metrics"}


def test_conflicts_and_the_auth_servers_faults_are_told_where_they_can_be() -> None:
    assert _telling("409") == {"post /api/chat", "post /api/agents/{agent_id}/env"}
    assert _telling("502") == {
        "post /api/auth/google",
        "post /api/auth/refresh",
        "post /api/agents/{agent_id}/env",
        "delete /api/account",
    }


def test_every_operation_has_a_name_that_a_client_can_call_it_by() -> None:
    operations = [
        route["operationId"]
        for methods in json.loads(_document())["paths"].values()
        for route in methods.values()
    ]

    assert len(set(operations)) == len(operations)
    assert [one for one in operations if "api" in one or not re.fullmatch("[a-z_]+", one)] == []


def test_a_field_that_every_answer_has_is_never_said_to_be_missing() -> None:
    schemas = json.loads(_document())["components"]["schemas"]
    optional = {
        f"{name}.{field}"
        for name, one in schemas.items()
        for field in one.get("properties", {}).keys() - one.get("required", [])
    }

    assert {one for one in optional if not one.startswith(("ChatRequest", "GoogleSignIn"))} == {
        "Problem.errors",
        "Problem.request_id",
    }


def test_answers_may_gain_fields_that_clients_do_not_know_and_bodies_may_not() -> None:
    schemas = json.loads(_document())["components"]["schemas"]
    closed = {name for name, one in schemas.items() if one.get("additionalProperties") is False}

    assert closed == {"ChatRequest", "GoogleSignIn", "Refresh"}


def test_an_id_is_of_the_same_kind_in_answers_and_in_requests() -> None:
    schemas = json.loads(_document())["components"]["schemas"]
    kinds = {
        f"{name}.{field}": "uuid" in json.dumps(shown)
        for name, one in schemas.items()
        for field, shown in one.get("properties", {}).items()
        if field in {"session_id", "agent_id"}
        or (name in {"MadeAgent", "SignedInUser"} and field == "id")
    }

    assert len(kinds) > 5
    assert [place for place, is_uuid in kinds.items() if not is_uuid] == []


def test_every_file_that_answers_says_of_what_kind_it_is() -> None:
    paths = json.loads(_document())["paths"]
    kinds = {
        (path.rpartition("/")[2], media): shown.get("schema", {}).get("type")
        for path, methods in paths.items()
        for route in methods.values()
        for media, shown in route["responses"].get("200", {}).get("content", {}).items()
        if "$ref" not in shown.get("schema", {})
    }

    assert kinds.pop(("credentials", "application/json")) == "array"
    assert kinds.pop(("config", "application/json")) == "object"
    assert set(kinds.values()) == {"string"}


def test_nothing_outside_a_body_is_said_to_be_null() -> None:
    places = {
        f"{name} {one['in']} {one['name']}": json.dumps(one["schema"])
        for name, operation in _operations().items()
        for one in operation.get("parameters", ())
    }

    assert [place for place, schema in places.items() if '"null"' in schema] == []


def test_a_field_of_which_every_word_is_told_lists_them_for_programs_too() -> None:
    schemas = json.loads(_document())["components"]["schemas"]
    words = {
        (name, "status"): schemas[name]["properties"]["status"].get("enum")
        for name in ("Answer", "HealthAnswer", "ServerAnswer", "ServerSummary")
    }

    assert [place for place, listed in words.items() if not listed] == []


def test_what_an_agent_will_run_is_told_field_by_field() -> None:
    schemas = json.loads(_document())["components"]["schemas"]
    shown = schemas["MadeAgent"]["properties"]["servers"]["items"]["anyOf"]

    assert [one["$ref"].rpartition("/")[2] for one in shown] == ["StartedServer", "CalledServer"]
    assert {"command", "args", "env", "tools"} < set(schemas["StartedServer"]["required"])
    assert {"url", "headers", "tools"} < set(schemas["CalledServer"]["required"])


def test_every_file_says_where_its_name_is() -> None:
    named = {
        name
        for name, one in _operations().items()
        if "Content-Disposition" in one["responses"].get("200", {}).get("headers", {})
    }

    assert named == {"get /api/agents/{agent_id}/bundle", "get /api/agents/{agent_id}/config"}


def test_every_problem_is_the_one_that_is_described() -> None:
    document = json.loads(_document())
    problem = document["components"]["schemas"]["Problem"]
    shown = [
        answer["content"]["application/problem+json"]["schema"]
        for methods in document["paths"].values()
        for route in methods.values()
        for status, answer in route["responses"].items()
        if status >= "4"
    ]

    assert {"code", "detail", "errors"} <= set(problem["properties"])
    assert shown
    assert all(one == {"$ref": "#/components/schemas/Problem"} for one in shown)


def _parts() -> dict[str, dict[str, Any]]:
    """Every operation, parameter, schema and field of the document, by its place."""
    document = json.loads(_document())
    parts = {f"schema {name}": one for name, one in document["components"]["schemas"].items()}
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            operation = f"{method} {path}"
            parts[operation] = route
            for one in route.get("parameters", ()):
                parts[f"{operation} {one['in']} {one['name']}"] = one
    return parts | dict(_fields("", document))


def _fields(place: str, node: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    """Every property of every schema, wherever it stands."""
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            yield f"{place} {name}", field
        for name, child in node.items():
            yield from _fields(f"{place} {name}", child)


def _meaning(part: dict[str, Any]) -> set[str]:
    """The words of a description that its name does not have."""
    said, name = part.get("description", ""), part.get("title", "")
    return set(re.findall(r"\w+", said.lower())) - set(re.findall(r"\w+", name.lower()))


def test_everything_in_the_contract_says_what_it_means() -> None:
    mute = [place for place, part in _parts().items() if len(_meaning(part)) < 2]

    assert mute == []


def test_every_word_that_a_field_can_be_is_explained() -> None:
    unexplained = [
        f"{place}: {word}"
        for place, part in _parts().items()
        for word in part.get("enum", [part["const"]] if "const" in part else ())
        if f"`{word}`" not in part["description"]
    ]

    assert unexplained == []


def test_the_main_job_is_shown_by_examples_that_would_be_taken() -> None:
    body = json.loads(_document())["paths"]["/api/chat"]["post"]["requestBody"]
    shown = [one["value"] for one in body["content"]["application/json"]["examples"].values()]
    asked = [ChatRequest.model_validate(one) for one in shown]
    given = [one.credentials for one in asked if one.credentials]
    servers = {one.name: one for one in builtin()}

    assert any(one.keys() == {"message"} for one in shown)
    assert given == ChatRequest.model_fields["credentials"].examples
    assert not any(badly_written(one) or unknown(one, servers) for one in given)


def test_nothing_in_the_contract_looks_like_a_secret() -> None:
    assert find(_document()) == ()


def test_every_answer_that_asks_to_wait_says_where_it_tells_how_long() -> None:
    for name, one in _operations().items():
        for status in {"409", "429", "503"} & one["responses"].keys():
            assert "Retry-After" in one["responses"][status]["headers"], f"{name} {status}"
        if limited := one["responses"].get("429"):
            assert "RateLimit" in limited["headers"], name


@pytest.mark.proves("R-66")
@pytest.mark.parametrize(("docs", "status"), [(True, 200), (False, 404)])
@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/docs/swagger-ui.css"])
async def test_the_documents_can_be_switched_off(path: str, docs: bool, status: int) -> None:  # noqa: FBT001 - a case
    app = build(new_id, manners=Manners(docs=docs), lifespan=_nothing)

    async with asking(app) as client:
        assert (await client.get(path)).status_code == status
