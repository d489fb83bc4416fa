"""Everything an operator can set, read once from the environment or `.env`."""

import json
import re
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from outfitter.core.address import LAST_PORT
from outfitter.core.errors import Refused

_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+\S*")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]+")
_FILE = Path(".env")
_NAME = re.compile(r"^\s*(?:export\s+)?(\w+)\s*=", re.MULTILINE)
_NEARLY = 0.85
_HOST = re.compile(r"\*|(?:\*\.)?[^*/:\s]+")


def _listed(given: object) -> object:
    """A JSON list from the environment; a wrong one is reported beside the other faults."""
    if not isinstance(given, str):
        return given
    try:
        return json.loads(given)
    except ValueError:
        raise ValueError("must be a JSON list of texts") from None


def _reached_from(given: str) -> str:
    """Addresses as the web server reads them: one that it cannot read would never match."""
    if given != "*":
        for one in given.split(","):
            _require_address(one.strip())
    return given


def _require_address(text: str) -> None:
    try:
        ip_network(text)
    except ValueError:
        raise ValueError("must be addresses or CIDRs with commas between, or *") from None


def _web_address(given: str) -> str:
    if not _WEB_ADDRESS.fullmatch(given):
        raise ValueError("must be an address that begins with https:// or http://")
    return given


def _origins(given: tuple[str, ...]) -> tuple[str, ...]:
    """Origins as browsers send them: one with a path would never match."""
    if not all(one == "*" or _ORIGIN.fullmatch(one) for one in given):
        raise ValueError("must be origins such as https://app.example.org, without a path, or *")
    return given


def _hosts(given: tuple[str, ...]) -> tuple[str, ...]:
    """Names without the port, which is not compared; with none at all nobody would be answered."""
    if not given:
        raise ValueError('must be at least one name; ["*"] lets all in')
    if not all(_HOST.fullmatch(one) for one in given):
        raise ValueError("must be names such as api.example.org or *.example.org, without a port")
    return given


def _at_home(given: Path) -> Path:
    """A folder whose ~ no shell has read: else there would be one called ~."""
    try:
        return given.expanduser()
    except RuntimeError:
        raise ValueError("must be a folder without ~: that home is unknown here") from None


def _lowered(given: object) -> object:
    """A word out of few: other programs write theirs in capitals."""
    return given.lower() if isinstance(given, str) else given


Pooler = Annotated[Literal["none", "transaction"], BeforeValidator(_lowered)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lowered)]
Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Origins = Annotated[Texts, AfterValidator(_origins)]
Hosts = Annotated[Texts, AfterValidator(_hosts)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """The settings of one process; each field is the environment variable of the same name.

    Raises Refused if `.env` is no text.
    """

    model_config = SettingsConfigDict(
        env_file=_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: SecretStr | None = Field(
        None,
        description="Postgres 15 or later with pgvector 0.7 or later; "
        "without it an embedded one runs.",
    )
    migration_database_url: SecretStr | None = Field(
        None,
        description="The owner's connection for migrations and the catalogue; else DATABASE_URL.",
    )
    data_dir: Annotated[Path, AfterValidator(_at_home)] = Field(
        Path(".outfitter"), description="Where the embedded database and local keys live."
    )
    catalogue_database_url: SecretStr | None = Field(
        None, description="A streaming replica to search the catalogue on; else DATABASE_URL."
    )
    db_pool_size: int = Field(5, ge=1, le=200, description="Database connections of one process.")
    db_pool_timeout: float = Field(
        10.0, gt=0, le=60, description="Seconds to wait for a free connection before answering 503."
    )
    db_pooler: Pooler = Field(
        "none", description="Set to transaction behind PgBouncer or Supavisor in that mode."
    )
    supabase_url: str | None = Field(
        None, description="The Supabase project; without it the service signs its own tokens."
    )
    supabase_key: SecretStr | None = Field(
        None, description="The project's publishable (anon) key, sent to its auth server."
    )
    supabase_jwt_secret: SecretStr | None = Field(
        None, description="Only for projects still on the legacy shared secret (HS256)."
    )
    supabase_issuer: str | None = Field(
        None, description="The `iss` of access tokens; else SUPABASE_URL/auth/v1."
    )
    allow_anonymous: bool = Field(False, description="Let Supabase's anonymous users in.")
    require_aal2: bool = Field(False, description="Ask for a second factor in every token.")
    anthropic_api_key: SecretStr | None = Field(
        None, description="Claude reads the requests; without it the offline analyzer does."
    )
    anthropic_base_url: WebAddress | None = Field(
        None, description="Another address for Claude's API."
    )
    anthropic_model: str = Field("claude-haiku-5-5", description="The Claude model to ask.")
    model_max_tokens: int = Field(
        4000, ge=500, le=32000, description="Most tokens Claude may spend on one answer."
    )
    model_timeout: float = Field(
        20.0, gt=0, le=600, description="Seconds for one try of a model call."
    )
    model_deadline: float = Field(
        30.0, gt=0, le=600, description="Seconds a turn has until it goes on without the model."
    )
    openai_api_key: SecretStr | None = Field(
        None, description="OpenAI embeds the texts; without it the model in the package does."
    )
    openai_base_url: WebAddress | None = Field(
        None, description="Another address for OpenAI's API."
    )
    credential_keys: SecretStr | None = Field(
        None,
        description="Keys that seal credentials, newest first: `k2:<base64 of 32 bytes>,k1:…`.",
    )
    host: str = Field("127.0.0.1", description="The address the service listens on.")
    port: int = Field(8000, ge=0, le=LAST_PORT, description="The port the service listens on.")
    closed_network: bool = Field(
        False, description="A proxy alone reaches HOST: own tokens are allowed beyond loopback."
    )
    workers: int = Field(
        1, ge=1, le=64, description="Processes that share the port; each has its own pool."
    )
    drain_seconds: float = Field(
        0.0, ge=0, le=60, description="Seconds to go on after SIGTERM while /readyz says 503."
    )
    turns_per_minute: int = Field(
        20, ge=0, le=100_000, description="Messages a user may send in any minute; 0 is no limit."
    )
    turns_per_day: int = Field(
        500, ge=0, le=100_000, description="Messages a user may send in any day; 0 is no limit."
    )
    stream_heartbeat: float = Field(
        15.0, gt=0, le=300, description="Seconds of silence in a stream before a sign of life."
    )
    cors_origins: Origins = Field(
        (), description="Origins whose pages may call the API, as a JSON list."
    )
    allowed_hosts: Hosts = Field(
        ("*",), description="Host names the service answers to, as a JSON list."
    )
    forwarded_allow_ips: Annotated[str, AfterValidator(_reached_from)] = Field(
        "127.0.0.1", description="Proxies whose X-Forwarded-For is believed: addresses or CIDRs."
    )
    docs: bool = Field(True, description="Serve /docs and /openapi.json.")
    metrics: bool = Field(True, description="Serve /metrics for Prometheus.")
    otel_exporter_otlp_endpoint: WebAddress | None = Field(
        None, description="An OpenTelemetry collector to send spans to; takes the extra `otel`."
    )
    log_level: LogLevel = Field("info", description="How much the service logs.")

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - whatever the fields take
        try:
            super().__init__(**given)
        except UnicodeDecodeError:
            raise Refused(".env is not UTF-8: save it as such.") from None


def slips() -> list[str]:
    """A sentence for each name in `.env` that is nearly that of a setting, and does nothing."""
    settings = [name.upper() for name in Settings.model_fields]
    written = _FILE.read_text("utf-8-sig") if _FILE.is_file() else ""
    return [
        f"{_FILE} sets {name}, which is no setting: {near[0]} is one."
        for name in map(str.upper, _NAME.findall(written))
        if name not in settings and (near := get_close_matches(name, settings, 1, _NEARLY))
    ]


def risks(settings: Settings) -> list[str]:
    """A sentence for each setting that opens the service to what nobody can have meant."""
    believed = settings.forwarded_allow_ips
    everybody = believed == "*" or not all(
        ip_network(one.strip()).prefixlen for one in believed.split(",")
    )
    said = (
        "FORWARDED_ALLOW_IPS believes everybody, so whoever asks chooses the address they are "
        "counted and logged by: name your proxies."
    )
    return [said] if everybody else []


def complaints(error: ValidationError) -> list[str]:
    """What is wrong with each setting, without its value."""
    return [
        f"{str(one['loc'][0] if one['loc'] else 'settings').upper()}: {_said(one)}"
        for one in error.errors(include_input=False, include_url=False)
    ]


def _said(fault: ErrorDetails) -> str:
    if fault["type"] == "bool_parsing":
        return "must be true or false"
    return fault["msg"].removeprefix("Value error, ")
