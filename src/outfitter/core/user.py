"""Who a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """The person a verified token names; `id` is a canonical UUID string."""

    id: str
    email: str | None = None
    issued_at: int = 0
