"""Everything that can go wrong in a way the user should hear about.

OutfitterError
├── NotFound                 no such thing, or not theirs
├── Refused                  the request cannot be taken as it is
│   ├── UnknownCredential    the catalogue declares no such server or key
│   └── BadCatalogue         an entry that cannot be loaded, with its file and field
├── Unauthenticated          no valid sign-in
├── Forbidden                signed in, but not allowed
├── Conflict                 something the request needs is gone
│   └── KeyReused            an idempotency key that another request has had
├── StillRunning             the same request is still being worked on
├── TooMany                  a limit is reached for now
│   └── TooManyTurns         a user speaks faster than they may
├── SignInFailed             the auth server refused the sign-in
├── UpstreamFailed           the auth server did not answer as it should
├── NotSetUp                 a part that the operator of this service has not set up
└── Unavailable              something we need is away for now
"""

from collections.abc import Sequence
from traceback import extract_tb

from outfitter.core.quota import Quota


class OutfitterError(Exception):
    """The root: `code` is stable, `detail` is a sentence for the user."""

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code


class NotFound(OutfitterError):
    """No such thing, or it belongs to somebody else."""

    code = "not_found"


NO_SESSION = "There is no such session."


class Refused(OutfitterError):
    """The request is well-formed but cannot be taken."""

    code = "invalid"


class UnknownCredential(Refused):
    """The catalogue declares no such server or key."""

    code = "unknown_credential"


class BadCatalogue(Refused):
    """A catalogue entry that cannot be loaded."""

    code = "bad_catalogue"


class Unauthenticated(OutfitterError):
    """No valid sign-in came with the request."""

    code = "unauthenticated"


class Forbidden(OutfitterError):
    """The user is known but may not do this."""

    code = "forbidden"


class Conflict(OutfitterError):
    """Something that the request needs is no longer there."""

    code = "conflict"


class KeyReused(Conflict):
    """The idempotency key was used for another request."""

    code = "idempotency_key_reused"


class SignInFailed(OutfitterError):
    """The auth server refused the sign-in."""

    code = "sign_in_failed"


class UpstreamFailed(OutfitterError):
    """The auth server did not answer as it should."""

    code = "upstream_failed"


class NotSetUp(OutfitterError):
    """A part that the operator has not set up: to wait for it is of no use."""

    code = "not_set_up"


class _Later(OutfitterError):
    """Something that may work later; `retry_after` is in seconds."""

    def __init__(self, detail: str, *, code: str | None = None, retry_after: int = 1) -> None:
        super().__init__(detail, code=code)
        self.retry_after = retry_after


class StillRunning(_Later):
    """The same request is still being worked on."""

    code = "still_running"


class TooMany(_Later):
    """A limit is reached for now; `reached` names it, and `quotas` are those that are known."""

    code = "too_many"

    def __init__(
        self,
        detail: str,
        *,
        reached: str,
        quotas: Sequence[Quota] = (),
        code: str | None = None,
        retry_after: int = 1,
    ) -> None:
        super().__init__(detail, code=code, retry_after=retry_after)
        self.reached = reached
        self.quotas = tuple(quotas)


class TooManyTurns(TooMany):
    """The user has spoken as often as they may for now."""

    code = "too_many_turns"

    def __init__(self, *, reached: Quota, quotas: Sequence[Quota], retry_after: int) -> None:
        super().__init__(
            f"You may send {reached.most} messages a {reached.name}; wait a little.",
            reached=reached.name,
            quotas=quotas,
            retry_after=retry_after,
        )


class Unavailable(_Later):
    """Something we need is away for now."""

    code = "unavailable"


def places(error: BaseException) -> list[str]:
    """Where it broke, without the message: that may hold what a user sent."""
    return [f"{one.filename}:{one.lineno} {one.name}" for one in extract_tb(error.__traceback__)]
