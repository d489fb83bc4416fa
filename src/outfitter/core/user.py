"""Who a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """The person a verified token names; `id` is a canonical UUID string.

    `auth_session_id` is the auth server's sign-in session, when the token names one.
    """

    id: str
    email: str | None = None
    auth_session_id: str | None = None
    issued_at: int = 0
