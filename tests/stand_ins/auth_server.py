"""A stand-in of Supabase's auth server on a loopback port, with faults to switch on.

with AuthServerStandIn() as server:
    server.faults["/token"] = Fault(status=500)
    KeySet(server.url, client)
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_DNS, uuid4, uuid5

from stand_ins.loopback import Server
from tokens import Signer, es256, jwks, token

JWKS_PATH = "/.well-known/jwks.json"
DISCOVERY_PATH = "/.well-known/openid-configuration"
API_KEY = "sb_publishable_test"
CLIENT_ID = "client-1"


@dataclass(frozen=True)
class Fault:
    """What a path does instead: answer `body`, say nothing, never come to an end, or hang up."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    dripping: bool = False
    hang_up: bool = False


@dataclass(frozen=True)
class Seen:
    """One request that arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A status with a JSON body."""

    status: int
    document: dict[str, Any]


def refusal(status: int, code: str) -> Answer:
    """An error in the shape that the dated API version asks for."""
    return Answer(status, {"code": code, "message": f"secret upstream words about {code}"})


class AuthServerStandIn:
    """Keys, sign-in, refresh, user and logout; what it saw is in `seen`."""

    def __init__(self) -> None:
        self.signer: Signer = es256("stand-in-1")
        self.keys: dict[str, Any] = jwks(self.signer)
        self.faults: dict[str, Fault] = {}
        self.seen: list[Seen] = []
        self.date: str | None = None
        self.banned: set[str] = set()
        self.signed_in: dict[str, str] = {}
        self._refresh: dict[str, tuple[str, str]] = {}
        self.stopping = threading.Event()
        self._server = _LoopbackServer(self)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.issuer = f"{self.url}/auth/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def count(self, path: str) -> int:
        """How many requests came to a path."""
        return sum(request.path.endswith(path) for request in self.seen)

    def publish(self, *signers: Signer) -> None:
        """List these keys, and sign with the first."""
        self.signer, self.keys = signers[0], jwks(*signers)

    def answer(self, request: Seen) -> Answer:
        """The work of the real server, as far as the product uses it."""
        path = request.path.removeprefix("/auth/v1")
        told = {
            JWKS_PATH: self.keys,
            DISCOVERY_PATH: {"issuer": self.issuer, "jwks_uri": f"{self.issuer}{JWKS_PATH}"},
        }
        if path in told:
            return Answer(200, told[path])
        if request.headers.get("apikey") != API_KEY:
            return Answer(401, {"message": "No API key found in request"})
        if path == "/token":
            kind = request.query.get("grant_type", [""])[0]
            return self._id_token(request) if kind == "id_token" else self._refreshed(request)
        if path == "/user":
            return self._user(request)
        if path == "/logout":
            self.signed_in.pop(_claims(_bearer(request)).get("session_id", ""), None)
            return Answer(204, {})
        return Answer(404, {"message": "no route"})

    def _id_token(self, request: Seen) -> Answer:
        google = _claims(request.body.get("id_token", ""))
        if not google:
            return Answer(400, {"error": "invalid request", "error_description": "Bad ID token"})
        if google.get("aud") != CLIENT_ID:
            said = f"Unacceptable audience in id_token: [{google.get('aud')}]"
            return Answer(400, {"error": "invalid request", "error_description": said})
        nonce = request.body.get("nonce")
        hashed = None if nonce is None else hashlib.sha256(nonce.encode()).hexdigest()
        if google.get("nonce") != hashed:
            return Answer(400, {"error": "invalid nonce", "error_description": "Nonces mismatch"})
        return self._tokens(google["email"], str(uuid4()))

    def _refreshed(self, request: Seen) -> Answer:
        found = self._refresh.pop(request.body.get("refresh_token", ""), None)
        if found is None:
            return refusal(400, "refresh_token_not_found")
        return self._tokens(*found)

    def _tokens(self, email: str, session_id: str) -> Answer:
        if email in self.banned:
            return refusal(403, "user_banned")
        user_id = str(uuid5(NAMESPACE_DNS, email))
        self.signed_in[session_id] = email
        refresh_token = secrets.token_urlsafe(9)
        self._refresh[refresh_token] = (email, session_id)
        access = {"iss": self.issuer, "sub": user_id, "email": email, "session_id": session_id}
        document = {
            "access_token": token(self.signer, **access),
            "token_type": "bearer",
            "expires_in": 3600,
            "expires_at": int(time.time()) + 3600,
            "refresh_token": refresh_token,
            "user": {"id": user_id, "aud": "authenticated", "email": email},
        }
        return Answer(200, document)

    def _user(self, request: Seen) -> Answer:
        claims = _claims(_bearer(request))
        if not claims:
            return refusal(403, "bad_jwt")
        email = self.signed_in.get(claims.get("session_id", ""))
        if email is None:
            return refusal(403, "session_not_found")
        if email in self.banned:
            return refusal(403, "user_banned")
        return Answer(200, {"id": claims["sub"], "email": email})


def _bearer(request: Seen) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _claims(text: str) -> dict[str, Any]:
    """The payload of a token, unverified: this server trusts its tests."""
    try:
        payload = text.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    except (IndexError, ValueError):
        return {}
    return claims


class _LoopbackServer(Server):
    def __init__(self, stand_in: AuthServerStandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stand_in = stand_in


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _LoopbackServer

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def log_message(self, *_: object) -> None:
        pass

    def date_time_string(self, timestamp: float | None = None) -> str:
        said = self.server.stand_in.date
        return super().date_time_string(timestamp) if said is None else said

    def _take(self) -> None:
        request, stand_in = self._read(), self.server.stand_in
        stand_in.seen.append(request)
        faults = stand_in.faults.items()
        fault = next((fault for path, fault in faults if request.path.endswith(path)), None)
        if fault is None:
            answer = stand_in.answer(request)
            self._write(answer.status, json.dumps(answer.document).encode(), {})
        elif fault.silent or fault.hang_up:
            self.close_connection = True
            stand_in.stopping.wait(20 if fault.silent else 0)
        elif fault.dripping:
            self._drip(stand_in.stopping)
        else:
            self._write(fault.status, fault.body, fault.headers)

    def _read(self) -> Seen:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        document = json.loads(body) if body else {}
        return Seen(self.command, parts.path, parse_qs(parts.query), headers, document)

    def _drip(self, stopping: threading.Event) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("content-length", "1000")
        self.end_headers()
        with suppress(ConnectionError):
            while not stopping.wait(0.2):
                self.wfile.write(b" ")

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        sent = b"" if status == HTTPStatus.NO_CONTENT else body
        self.send_response(status)
        for name, value in {"content-type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(sent)))
        self.end_headers()
        # A client may leave in the middle of an answer that is too long for it.
        with suppress(ConnectionError):
            self.wfile.write(sent)
