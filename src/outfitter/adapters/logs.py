"""Logs as one JSON object a line, without anything secret."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from outfitter.core.errors import places
from outfitter.core.secrets import redact

_SECRET_NAME = re.compile(
    r"authorization|apikey|cookie|token|secret|password|credential|(^|_)key$", re.IGNORECASE
)
_HIDDEN = "[hidden]"
# Their debug lines hold whole requests, headers and statements.
QUIET = ("httpx2", "httpcore2", "anthropic", "openai", "sqlalchemy", "asyncio")


def configure(level: str) -> None:
    """Make structlog and the standard library write the same lines to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
        tell_by_kind,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, redact_text],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The event with the value of every field that is named like a secret taken out."""
    for name, value in event.items():
        event[name] = _shown(name, value)
    return event


def redact_text(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The event with its text cleaned: what a library writes is a sentence of its own."""
    event["event"] = redact(str(event["event"])).text
    return event


def tell_by_kind(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The event with an error's kind and places, without its words, which may be a user's own."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exception()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        # The lines that asyncio adds repeat the error.
        event["event"] = str(event["event"]).partition("\n")[0]
        event.update(error=type(error).__name__, at=places(error))
    return event


def _shown(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever is logged
    if _SECRET_NAME.search(name):
        return _HIDDEN
    if isinstance(value, Mapping):
        return {str(inner): _shown(str(inner), one) for inner, one in value.items()}
    if isinstance(value, list | tuple):
        shown = [_shown("", one) for one in value]
        return tuple(shown) if isinstance(value, tuple) else shown
    return value
