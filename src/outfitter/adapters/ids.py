"""Ids that grow with time, made by the application (UUID version 7, RFC 9562 §5.7)."""

import secrets
import time
from uuid import UUID, uuid5


def new_id() -> str:
    """A fresh UUIDv7 in canonical form."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def id_for(user_id: str, name: str) -> str:
    """The id that belongs to this name of the user's, the same each time (UUID version 5)."""
    return str(uuid5(UUID(user_id), name))
