"""Who a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """The person a verified token names.

    `id` is a UUID in canonical form, `issued_at` when the token was made, in seconds since 1970,
    `address` the network address that this request came from.
    """

    id: str
    email: str | None = None
    issued_at: int = 0
    address: str | None = None
