"""Needs that a request implies without naming what meets them, in the languages people ask in."""

import re
from collections.abc import Iterable
from functools import lru_cache

from outfitter.core.catalogue import Server
from outfitter.core.finding.capability import Capability
from outfitter.core.finding.needs_of_days import OF_DAYS
from outfitter.core.finding.needs_of_office import OF_OFFICE
from outfitter.core.finding.needs_of_work import OF_WORK

CAPABILITIES = (*OF_WORK, *OF_OFFICE, *OF_DAYS)

# "No SMS, please", but not "no SMS at night", nor "if there is no rain".
_REFUSAL = re.compile(
    r"(?:^|[,.;!?\n]|\b(?:but|and|please)\b)\s*(?:please\s+)?"
    r"(?:don'?t|don\u2019t|do not|no)\s+"
    r"(?!(?:forget|miss|hesitate|worry|only|just|later|more|matter)\b)"
    r"(?![^,.;!?\n]*\b(?:on|at|before|after|until|unless|when|if|more|twice|without)\b)"
    r"[^,.;!?\n]*",
    re.IGNORECASE,
)


# A turn asks it of each of up to a hundred clauses, once for each server.
@lru_cache(maxsize=512)
def implied(text: str) -> tuple[Capability, ...]:
    """What a text asks for without a name.

    >>> [one.hint for one in implied("total up the amounts and save them to report.csv")]
    ['read, write and search local files and folders', 'calculator for arithmetic']
    """
    return tuple(one for one in CAPABILITIES if one.said.search(text))


def able_to_do(text: str, servers: Iterable[Server]) -> list[Server]:
    """Those of the servers that are known to meet a need which a text implies."""
    needs = implied(text)
    return [one for one in servers if any(need.is_for(one) for need in needs)]


def refused(text: str) -> frozenset[Capability]:
    """What a text speaks of only to say that it is not wanted.

    >>> [one.hint for one in refused("post it to Slack, no SMS please")]
    ['send text messages (SMS)']
    """
    kept = _REFUSAL.sub("", text)
    return frozenset(implied(text)) - frozenset(implied(kept)) if kept != text else frozenset()


def refuses(text: str) -> bool:
    """Whether a clause begins with what is not wanted."""
    return bool(_REFUSAL.match(text))
