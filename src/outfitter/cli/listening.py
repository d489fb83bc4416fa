"""The address the service listens on: had, told, and who has it already."""

import errno
import socket

import httpx2
from pydantic import ValidationError

from outfitter.adapters.sign_in.exchange import exchange
from outfitter.core.errors import Refused
from outfitter.http.schemas.health import Welcome
from outfitter.settings import Settings

_MENDING = {
    errno.EADDRINUSE: "end what listens there, or set PORT",
    errno.EACCES: "set PORT to 1024 or more",
}
# Where a service that listens on every address is to be met.
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing listens here
_OURS = Welcome.model_fields["message"].default
_SAYS_WITHIN = 3.0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises Refused when the port is not to be had or the host is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only where the socket names its protocol.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        mend = _MENDING.get(error.errno or 0, "set HOST to an address of this machine")
        raise Refused(f"Cannot listen on {host}:{port}: {error.strerror}; {mend}.") from None
    return listening


def address(listening: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def present(settings: Settings) -> str | None:
    """The version of the Outfitter that listens on our address; None if something else does."""
    url = httpx2.URL(
        scheme="http", host=_ANY.get(settings.host, settings.host), port=settings.port, path="/"
    )
    # It answers to the names of its own settings only, which are most likely ours.
    name = next(iter(settings.allowed_hosts), "*").replace("*", "any")
    async with httpx2.AsyncClient(trust_env=False) as client:
        request = client.build_request("GET", url, headers={"Host": name})
        try:
            said = (await exchange(client, request, _SAYS_WITHIN)).document
            welcome = Welcome.model_validate(said)
        except (httpx2.HTTPError, TimeoutError, ValidationError):
            return None
    return welcome.version if welcome.message == _OURS else None
