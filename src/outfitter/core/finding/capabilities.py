"""Needs that a request implies without naming what meets them, in the languages people ask in."""

from functools import lru_cache

from outfitter.core.finding.capability import Capability
from outfitter.core.finding.needs_of_days import OF_DAYS
from outfitter.core.finding.needs_of_office import OF_OFFICE
from outfitter.core.finding.needs_of_work import OF_WORK

CAPABILITIES = (*OF_WORK, *OF_OFFICE, *OF_DAYS)


# A turn asks it of the same few texts several times.
@lru_cache(maxsize=64)
def implied(text: str) -> tuple[Capability, ...]:
    """What a text asks for without a name.

    >>> [one.hint for one in implied("total up the amounts and save them to report.csv")]
    ['read, write and search local files and folders', 'calculator for arithmetic']
    """
    return tuple(one for one in CAPABILITIES if one.said.search(text))


def hints(text: str) -> tuple[str, ...]:
    """What to search the catalogue for beside the clauses of a message."""
    return tuple(one.hint for one in implied(text))
