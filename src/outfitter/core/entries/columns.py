"""A server as the columns of the spec's table, and back without loss."""

import hashlib
from typing import Any

from outfitter.core.catalogue import Server

_CREDENTIAL_FIELDS = ("inputs", "require_any", "access", "obtain_url")
_OWN_COLUMNS = {"name", "description", "tools", "template", "steps", *_CREDENTIAL_FIELDS}


def to_columns(server: Server) -> dict[str, Any]:
    """The JSON columns of a server; `credential_info` also says what the spec's readers expect."""
    document = server.model_dump(mode="json")
    return {
        "name": server.name,
        "description": server.description,
        "tools": document["tools"],
        "config_template": document["template"],
        "credential_info": {
            "required_tokens": server.required_tokens,
            "steps": document["steps"],
            **{field: document[field] for field in _CREDENTIAL_FIELDS},
        },
        "metadata": {
            field: value for field, value in document.items() if field not in _OWN_COLUMNS
        },
    }


def from_columns(columns: dict[str, Any]) -> Server:
    """The server that `to_columns` took apart."""
    return Server.from_stored(
        {
            **columns["metadata"],
            **columns["credential_info"],
            "name": columns["name"],
            "description": columns["description"],
            "tools": columns["tools"],
            "template": columns["config_template"],
        }
    )


def content_hash(server: Server) -> str:
    """A fingerprint that changes with anything the entry says."""
    return hashlib.sha256(server.model_dump_json().encode()).hexdigest()
