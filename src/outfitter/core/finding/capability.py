"""A need that shows in turns of phrase."""

import re
from dataclasses import dataclass

from outfitter.core.catalogue import Server


@dataclass(frozen=True, slots=True)
class Capability:
    """A need that a request implies without naming what meets it.

    `hint` says it as a catalogue would, to be searched for beside the message; servers of one of
    `services` are known to meet it, others of their kind as well unless `by_these_alone`.
    """

    hint: str
    services: frozenset[str]
    said: re.Pattern[str]
    by_these_alone: bool = False

    def is_for(self, server: Server) -> bool:
        """Whether this server is known to meet the need."""
        return not self.services.isdisjoint((server.service, server.name))


def capability(
    hint: str, services: str, *patterns: str, by_these_alone: bool = False
) -> Capability:
    """A need from its services, joined by commas, and the patterns that give it away."""
    return Capability(
        hint,
        frozenset(filter(None, services.split(", "))),
        re.compile("|".join(patterns), re.IGNORECASE),
        by_these_alone,
    )


def not_behind(words: str) -> str:
    """The beginning of a pattern for what stands behind none of these words."""
    return rf"(?:^|[^\w ]\s|[^\w -]|\b(?!(?:{words})\s)\w+\s)"
