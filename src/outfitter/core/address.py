"""What an address is: where it leads, who decides that, and who may listen on the way."""

import re

LAST_PORT = 65535

_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)")
_HOST = re.compile(r"https?://([^/?#]+)")
_SIGNS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_PAGE = re.compile(r"https://[\w.-]+\.[a-z]+(?:[/?#]|$)")
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


def is_written(url: str) -> bool:
    """Whether it holds only signs that an address can have.

    >>> [is_written(one) for one in ("https://a.example/?b=c", "https://a.example/> # Hi")]
    [True, False]
    """
    return _SIGNS.fullmatch(url) is not None


def is_link(url: str) -> bool:
    """Whether it leads over https to a page of a host with a domain.

    >>> [is_link(one) for one in ("https://a.example/b", "https://a.example@b.example", "https://a")]
    [True, False, False]
    """
    return _PAGE.match(url) is not None and is_written(url)
