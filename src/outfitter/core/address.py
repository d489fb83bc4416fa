"""Where an address leads, who decides that, and who may listen on the way."""

import re

LAST_PORT = 65535

_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)")
_HOST = re.compile(r"https?://([^/?#]+)")
_FIXED_DOMAIN = re.compile(r"(?:\.[a-z0-9-]+){2,}(?::\d+)?")


def host_of(url: str) -> str | None:
    """The host as it is written, with its placeholders; None if the address begins otherwise."""
    found = _HOST.match(url)
    return found[1] if found else None


def is_fixed(host: str) -> bool:
    """Whether values fill in no more of the host than what stands before a whole domain.

    >>> is_fixed("${SHOP}.example.org"), is_fixed("${SHOP}.org"), is_fixed("example.${SHOP}")
    (True, False, False)
    """
    return "${" not in host or _FIXED_DOMAIN.fullmatch(host.rpartition("}")[2]) is not None


def is_private(url: str) -> bool:
    """Whether nobody on the way reads what goes there: it is https, or http on this machine.

    >>> [is_private(one) for one in ("https://a.example", "http://localhost:1", "http://a.example")]
    [True, True, False]
    """
    return url.startswith("https://") or _HERE.match(url) is not None
