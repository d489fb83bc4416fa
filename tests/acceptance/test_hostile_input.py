"""Bad input gets a clear problem and leaves nothing behind."""

import gzip
import json
from uuid import uuid4

import pytest

from api import Api, Person, running_api
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn

DEEP = '{"message": ' + "[" * 50_000 + "]" * 50_000 + "}"


def _body(message: object = "hello", **more: object) -> bytes:
    return json.dumps({"message": message, **more}).encode()


BODIES = {
    "NUL in the message": _body("a\0b"),
    "a lone surrogate": b'{"message": "\\ud800"}',
    "an empty message": _body("   "),
    "a message that nobody sees": _body("\u200b \u2060\U000e0061\x07"),
    "a message that is too long": _body("x" * 16_001),
    "a message that is a number": _body(7),
    "no message": b"{}",
    "a list": b"[]",
    "an unknown field": _body(mesage="x"),
    "no JSON": b"{",
    "bytes that are no text": b'{"message": "\xff"}',
    "a session id that is none": _body(session_id="1 OR 1=1"),
    "deep nesting": DEEP.encode(),
    "credentials as a list": _body(credentials=["x"]),
    "credentials as text": _body(credentials={"notion": "hunter2-value"}),
    "a credential that is a number": _body(credentials={"notion": {"KEY": 7}}),
    "NUL in a credential": _body(credentials={"notion": {"KEY": "hunter2-value\0"}}),
    "a line break in a credential": _body(credentials={"notion": {"KEY": "hunter2-value\nX=1"}}),
    "a reference in a credential": _body(credentials={"notion": {"KEY": "${hunter2-value}"}}),
    "a surrogate in a server's name": b'{"message": "x", "credentials": {"\\udfff": {"K": "v"}}}',
    "a message that is there twice": b'{"message": "hello", "message": "hunter2-value"}',
    "a credential that is there twice": (
        b'{"message": "x", "credentials": {"notion": {"NOTION_TOKEN": "hunter2-value",'
        b' "NOTION_TOKEN": "hunter2-value"}}}'
    ),
    "a credential that is too long": _body(credentials={"notion": {"KEY": "x" * 8193}}),
}


@pytest.mark.proves("R-36", "R-48", "R-59", "R-60")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_bad_body_is_a_problem_and_stores_nothing(body: bytes, alice: Person) -> None:
    answer = await alice.ask(
        "POST", "/api/chat", content=body, headers={"Content-Type": "application/json"}
    )

    problem = answer.json()
    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) >= {"type", "title", "status", "detail", "code", "request_id"}
    assert problem["status"] == answer.status_code
    assert "hunter2-value" not in answer.text
    assert (await alice.get("/api/chat/history"))["total_count"] == 0
    assert await alice.get("/api/credentials") == []


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        (_body(session_id=7), "body.session_id", "Input should be a UUID"),
        (BODIES["a lone surrogate"], "body.message", "Input has half a character in it"),
        (
            BODIES["a message that is there twice"],
            "body.message",
            "Input is there more than once",
        ),
        (
            BODIES["a credential that is there twice"],
            "body.credentials.notion.NOTION_TOKEN",
            "Input is there more than once",
        ),
        (
            b'{"message": "x", "session_id": null, "session_id": null}',
            "body.session_id",
            "Input is there more than once",
        ),
    ],
)
async def test_a_problem_is_told_in_words_for_whoever_wrote_the_request(
    body: bytes, field: str, message: str, alice: Person
) -> None:
    answer = await alice.ask(
        "POST", "/api/chat", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.json()["errors"] == [{"field": field, "message": message}]


async def test_no_body_has_a_member_twice_wherever_it_is_sent(alice: Person) -> None:
    paths = (await alice.get("/openapi.json"))["paths"]
    taking = [path for path, one in paths.items() if "requestBody" in one.get("post", {})]
    kind = {"Content-Type": "application/json"}

    assert len(taking) >= 3
    for path in taking:
        answer = await alice.ask("POST", path, content=b'{"a": 1, "a": 1}', headers=kind)
        told = {one["field"]: one["message"] for one in answer.json()["errors"]}
        assert told["body.a"] == "Input is there more than once", path


async def test_no_parameter_is_there_twice_wherever_one_is_taken(alice: Person) -> None:
    paths = (await alice.get("/openapi.json"))["paths"]
    taken = [
        (path.replace("{agent_id}", str(uuid4())), parameter["name"])
        for path, one in paths.items()
        for parameter in one.get("get", {}).get("parameters", [])
        if parameter["in"] == "query"
    ]

    assert len(taken) >= 9
    for path, name in taken:
        answer = await alice.ask("GET", f"{path}?{name}=1&{name}=1")
        told = [{"field": f"query.{name}", "message": "Input is there more than once"}]
        assert answer.json()["errors"] == told, path


MANY = range(501)
CROWDED = {
    "fields": {str(n): 0 for n in MANY},
    "servers": {"message": "x", "credentials": {str(n): {} for n in MANY}},
    "keys": {"message": "x", "credentials": {str(n): {"a": 0} for n in MANY}},
    "depths": {"message": "x", "credentials": {"notion": {"a": {str(n): 0 for n in MANY}}}},
}


@pytest.mark.proves("R-59")
@pytest.mark.parametrize("path", ["/api/chat", "/api/auth/google", "/api/auth/refresh"])
@pytest.mark.parametrize("body", CROWDED.values(), ids=CROWDED)
async def test_a_body_of_too_many_members_is_not_gone_through(
    body: dict[str, object], path: str, alice: Person
) -> None:
    # To complain of thousands takes ten times as long as to read them.
    answer = await alice.ask("POST", path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert "at most 500 members" in answer.json()["detail"]


SECRET = "ntn_" + "483920" * 7 + "abcd"


@pytest.mark.proves("R-36")
@pytest.mark.parametrize(
    "more",
    [
        {"credentials": {"notion": {SECRET: "NOTION_TOKEN"}}},
        {"credentials": {"notion": {SECRET: 7}}},
        {"credentials": {SECRET: {"NOTION_TOKEN": "x"}}},
        {SECRET: "NOTION_TOKEN"},
    ],
    ids=["as a key", "as the key of a number", "as a server", "as a field"],
)
async def test_a_value_in_the_place_of_its_name_is_not_repeated(
    more: dict[str, object], alice: Person
) -> None:
    answer = await alice.ask("POST", "/api/chat", json={"message": "here", **more})

    assert answer.status_code == 422
    assert "483920" not in answer.text
    assert "[secret removed: Notion token]" in answer.text


PATHS = (
    "/api/chat/history?limit=9223372036854775808",
    "/api/chat/history?limit=0",
    "/api/chat/history?offset=-1",
    "/api/chat/history?offset=99999999999999999999",
    "/api/chat/history?session_id=nothing",
    "/api/sessions/not-a-uuid/messages",
    "/api/agents/1",
    "/api/agents/1/bundle",
    "/api/agents?limit=1000",
    "/api/servers?q=%00",
    "/api/servers?limit=x",
    "/api/servers/%00",
)


@pytest.mark.proves("R-59", "R-60")
@pytest.mark.parametrize("path", PATHS)
async def test_a_bad_address_is_a_problem(path: str, alice: Person) -> None:
    answer = await alice.ask("GET", path)

    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


FAULTS = {
    f"q={'x' * 1001}": "String should have at most 1000 characters",
    "q=%00": "Input must not contain NUL",
    "limit=x": "Input should be a whole number in plain digits",
    "limit=0": "Input should be greater than or equal to 1",
    "limit=101": "Input should be less than or equal to 100",
    f"offset={'9' * 5000}": "Input should be a smaller number",
}


@pytest.mark.parametrize("query", FAULTS)
async def test_a_problem_says_what_is_wrong_with_a_query(query: str, alice: Person) -> None:
    problem = await alice.get(f"/api/servers?{query}", 422)

    named = f"query.{query.partition('=')[0]}"
    assert problem["errors"] == [{"field": named, "message": FAULTS[query]}]


@pytest.mark.parametrize("number", ["1_0", "%2B5", "%205", "5%20", "5.0", "%D9%A5", ""])
@pytest.mark.parametrize("name", ["limit", "offset"])
async def test_a_number_in_a_query_is_plain_digits(name: str, number: str, alice: Person) -> None:
    for path in ("/api/servers", "/api/agents", "/api/chat/history"):
        problem = await alice.get(f"{path}?{name}={number}", 422)

        said = "Input should be a whole number in plain digits"
        assert problem["errors"] == [{"field": f"query.{name}", "message": said}]


async def test_a_problem_repeats_nothing_of_an_id_that_is_none(alice: Person) -> None:
    problem = await alice.get("/api/agents/%F0%9F%A6%8A", 422)

    assert problem["errors"] == [{"field": "path.agent_id", "message": "Input should be a UUID"}]


@pytest.mark.proves("R-59")
async def test_a_body_over_the_limit_is_refused_unread(alice: Person) -> None:
    async def endless() -> object:
        for _ in range(1000):
            yield b"x" * 65_536

    headers = {"Content-Type": "application/json"}
    whole = await alice.ask("POST", "/api/chat", content=_body("x" * 300_000), headers=headers)
    chunked = await alice.ask("POST", "/api/chat", content=endless(), headers=headers)

    assert [whole.status_code, chunked.status_code] == [413, 413]
    assert whole.json()["code"] == chunked.json()["code"] == "too_large"


@pytest.mark.parametrize("body", [gzip.compress(b'{"message": "hi"}', mtime=0), b"[" * 100_000])
async def test_a_body_no_parser_begins_with_is_told_apart(alice: Person, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await alice.ask("POST", "/api/chat", content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.json()["detail"].startswith("The body cannot be read: send JSON in UTF-8,")


@pytest.mark.proves("R-59")
async def test_another_media_type_is_refused(alice: Person) -> None:
    answer = await alice.ask("POST", "/api/chat", data={"message": "hello"})

    assert answer.status_code == 415


@pytest.mark.proves("R-60")
async def test_what_is_nowhere_is_a_problem_too(api: Api, alice: Person) -> None:
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("PUT", "/api/chat", 405),
        ("GET", "/api/servers/no-such-server", 404),
        ("DELETE", "/api/credentials/no-such-server", 404),
    ):
        answer = await alice.ask(method, path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert (await api.client.get("/")).json()["message"] == "Dynamic MCP Agent API"


@pytest.mark.proves("R-66")
async def test_every_answer_carries_the_security_headers_and_no_server_name(
    api: Api, alice: Person
) -> None:
    for who, method, path, status in (
        (api.stranger(), "GET", "/", 200),
        (api.stranger(), "GET", "/nowhere", 404),
        (api.stranger(), "GET", "/api/agents", 401),
        (alice, "GET", "/api/agents", 200),
        (alice, "GET", "/api/agents/1", 422),
        (alice, "PUT", "/api/chat", 405),
    ):
        answer = await who.ask(method, path)
        headers = answer.headers
        assert answer.status_code == status
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["x-request-id"]
        assert "server" not in headers
        if path.startswith("/api"):
            assert headers["cache-control"] == "no-store"


@pytest.mark.proves("R-57")
async def test_no_origin_is_let_in_unless_it_is_listed(api: Api) -> None:
    answer = await api.client.get("/", headers={"Origin": "https://evil.example"})

    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.proves("R-57", "R-60")
async def test_a_page_from_elsewhere_is_turned_away_with_a_problem(
    urls: Urls, auth: AuthServerStandIn
) -> None:
    ours, asks = "https://app.example", {"Access-Control-Request-Method": "POST"}
    async with running_api(auth, urls, cors_origins=(ours,)) as api:
        listed, other = [
            await api.client.options("/api/chat", headers={"Origin": origin, **asks})
            for origin in (ours, "https://evil.example")
        ]

    assert listed.status_code == 200
    assert listed.headers["access-control-allow-origin"] == ours
    assert other.status_code == 400
    assert other.headers["content-type"] == "application/problem+json"
    assert other.json()["detail"] == "Disallowed CORS origin."
    assert other.json()["request_id"] == other.headers["x-request-id"]
    assert "access-control-allow-origin" not in other.headers


async def test_a_page_that_is_listed_reads_the_headers_that_the_contract_speaks_of(
    urls: Urls, auth: AuthServerStandIn
) -> None:
    ours = "https://app.example"
    async with running_api(auth, urls, cors_origins=(ours,)) as api:
        answer = await api.client.get("/", headers={"Origin": ours})

    shown = set(answer.headers["access-control-expose-headers"].lower().split(", "))
    assert shown == {
        "content-disposition",
        "idempotent-replayed",
        "ratelimit",
        "ratelimit-policy",
        "retry-after",
        "x-request-id",
    }


@pytest.mark.proves("R-58", "R-60")
async def test_a_host_that_is_not_ours_is_a_problem(urls: Urls, auth: AuthServerStandIn) -> None:
    async with running_api(auth, urls, allowed_hosts=("127.0.0.1",)) as api:
        answer = await api.client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.proves("R-58")
@pytest.mark.parametrize("path", ["/api/chat/", "/api/agents/", "/docs/"])
async def test_no_answer_leads_to_a_host_that_the_request_names(path: str, api: Api) -> None:
    for method in ("GET", "POST"):
        answer = await api.client.request(method, path, headers={"Host": "evil.example"})
        assert answer.status_code == 404
        assert "no slash ends it" in answer.json()["detail"]
        assert "location" not in answer.headers


@pytest.mark.proves("R-1")
async def test_spaces_before_a_token_are_none_of_it(api: Api, alice: Person) -> None:
    padded = {"Authorization": f"bearer   {alice.token}"}

    assert (await api.client.get("/api/agents", headers=padded)).status_code == 200
