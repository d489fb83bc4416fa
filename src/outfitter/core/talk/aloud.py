"""The keys of servers as people say them, and where a text has them."""

import re
from functools import lru_cache

from outfitter.core.plan import Plan

# A name, what joins it to another one, and where that ends.
_NAME, _JOINED, _END = "{}", r"\b(?=({},? (?:and|or|und|y|et) )(\w+ )?)", r"{}\b"


def aloud(name: str) -> str:
    """A server's key as people say it, with capitals so that it cannot be a plain word."""
    return name.replace("-", " ").title()


def says(text: str, name: str) -> bool:
    """Whether a text has a server's key anywhere in it as people say it."""
    return bool(_pattern(_NAME, name).search(text))


def last_pair(plan: Plan) -> tuple[str, ...]:
    """The last two servers that a step joins by "and", in their order."""
    for text in (step.text for step in reversed(plan.steps)):
        named = [one for one in plan.names if says(text, one)]
        # A pattern for each two of fifty names would take seconds to make.
        for one in named:
            joints = _pattern(_JOINED, one).finditer(text)
            places = {at for joint in joints for at in (joint.end(1), joint.end(2)) if at >= 0}
            for two in named if places else ():
                if two != one and any(_pattern(_END, two).match(text, at) for at in places):
                    return (one, two)
    return ()


@lru_cache(maxsize=4096)
def _pattern(form: str, name: str) -> re.Pattern[str]:
    return re.compile(form.format(re.escape(aloud(name))), re.IGNORECASE)
