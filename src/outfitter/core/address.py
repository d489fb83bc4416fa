"""What an address is: where it leads, who decides that, and who may listen on the way."""

import re

from outfitter.core.placeholder import PLACEHOLDER

LAST_PORT = 65535

_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)")
_HOST = re.compile(r"https?://([^/?#]+)")
_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_PORT = r"(?::\d{1,5})?"
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})"
_NAMED_HOST = re.compile(
    rf"(?:(?:{_LABEL}\.)*{_LABEL}|\[[0-9a-f:.]+\]){_PORT}", re.IGNORECASE | re.ASCII
)
_PAGE = re.compile(rf"https://{_DOMAIN}{_PORT}(?:[/?#]|$)", re.IGNORECASE | re.ASCII)
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


def is_host(host: str) -> bool:
    """Whether there can be such a host, whatever its placeholders stand for.

    >>> [is_host(one) for one in ("a.example:81", "${SHOP}.a.example", "[::1]", "a..example")]
    [True, True, True, False]
    """
    return _NAMED_HOST.fullmatch(PLACEHOLDER.sub("x", host)) is not None


def is_private(url: str) -> bool:
    """Whether nobody on the way reads what goes there: it is https, or http on this machine.

    >>> [is_private(one) for one in ("https://a.example", "http://localhost:1", "http://a.example")]
    [True, True, False]
    """
    return url.startswith("https://") or _HERE.match(url) is not None


def is_written(url: str) -> bool:
    """Whether it holds only characters that an address can have.

    >>> [is_written(one) for one in ("https://a.example/?b=c", "https://a.example/> # Hi")]
    [True, False]
    """
    return _CHARACTERS.fullmatch(url) is not None


def is_link(url: str) -> bool:
    """Whether it leads over https to a page of a host with a domain.

    >>> [is_link(one) for one in ("https://a.example/b", "https://a.example@b.example", "https://a")]
    [True, False, False]
    """
    return _PAGE.match(url) is not None and is_written(url)
