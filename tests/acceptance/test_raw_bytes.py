"""What comes over a connection and is no request, or one that is not what it seems."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from api import Api, Person, running_api
from outfitter.cli.database import Urls
from stand_ins.auth_server import AuthServerStandIn
from waiting import SECONDS

# How long what goes on with an answer, or follows it, may be on its way.
_MORE = 1.0
SAID = b'{"message": "hi"}'
POST = b"POST /api/chat HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"


async def exchange(api: Api, *parts: bytes) -> tuple[bytes, bool]:
    """Everything that comes back until nothing more does, and whether the service hung up."""
    place = urlsplit(api.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    found = bytearray()
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.05)
        while more := await asyncio.wait_for(reader.read(65_536), _MORE if found else SECONDS):
            found += more
    except TimeoutError:
        return bytes(found), False
    except ConnectionError:
        return bytes(found), True
    finally:
        writer.close()
    return bytes(found), True


async def answers(api: Api, *parts: bytes) -> bytes:
    """Everything that comes back until nothing more does."""
    found, _ = await exchange(api, *parts)
    return found


def signed(person: Person) -> bytes:
    """The header that says who asks."""
    return f"Authorization: Bearer {person.token}\r\n".encode()


@pytest.mark.proves("R-60", "R-66")
@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nno number\r\n",
        POST
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: api\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_a_problem_too(sent: bytes, api: Api) -> None:
    found, hung_up = await exchange(api, sent)
    head, _, body = found.partition(b"\r\n\r\n")

    assert hung_up
    assert head.startswith(b"HTTP/1.1 400 Bad Request")
    assert b"content-type: application/problem+json" in head.lower()
    assert b"x-content-type-options: nosniff" in head.lower()
    told = json.loads(body)
    assert told["code"] == "bad_request"
    assert f"x-request-id: {told['request_id']}".encode() in head.lower()


@pytest.mark.proves("R-9", "R-59")
@pytest.mark.parametrize(
    "begun",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ",
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: ",
    ],
)
async def test_what_stands_around_a_body_has_an_end(begun: bytes, api: Api) -> None:
    found, hung_up = await exchange(api, begun, *[b"x" * 65_536] * 8)

    assert hung_up
    # Who still sends may lose the answer.
    assert found.startswith(b"HTTP/1.1 400 ") or not found
    assert (await api.client.get("/healthz")).status_code == 200


@pytest.mark.proves("R-1")
async def test_what_follows_a_body_is_no_header_of_it(api: Api, alice: Person) -> None:
    chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n" % (len(SAID), SAID)

    late = await answers(api, POST + b"Connection: close\r\n" + chunks + signed(alice) + b"\r\n")

    assert late.startswith(b"HTTP/1.1 401 ")


@pytest.mark.proves("R-59")
async def test_a_body_never_counts_as_the_next_request(api: Api, alice: Person) -> None:
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: api\r\n\r\n"
    length = b"Content-Length: %d\r\n\r\n"

    heard = await answers(api, POST + signed(alice) + UPGRADE + length % len(SAID), SAID)
    refused = await answers(api, POST + signed(alice) + UPGRADE + length % len(smuggled), smuggled)

    assert heard.startswith(b"HTTP/1.1 200 ")
    assert refused.count(b"HTTP/1.1 ") == 1
    assert b"alive" not in refused


async def test_a_target_may_name_its_host_as_proxies_are_asked(api: Api, alice: Person) -> None:
    found = await answers(
        api,
        b"GET http://api:80/api/servers?q=mail&limit=1 HTTP/1.1\r\nHost: api\r\n"
        b"Connection: close\r\n" + signed(alice) + b"\r\n",
    )

    assert found.startswith(b"HTTP/1.1 200 ")
    assert found.count(b'"name":') == 1


@pytest.mark.proves("R-58")
async def test_the_host_in_a_target_counts_and_not_the_one_beside_it(
    urls: Urls, auth: AuthServerStandIn
) -> None:
    asked = b"GET http://%b/healthz HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n"
    async with running_api(auth, urls, allowed_hosts=("api.example",)) as api:
        ours = await answers(api, asked % (b"api.example", b"evil.example"))
        others = await answers(api, asked % (b"evil.example", b"api.example"))

    assert ours.startswith(b"HTTP/1.1 200 ")
    assert others.startswith(b"HTTP/1.1 400 ")
