"""Which servers a message passes over by picking another where a step leaves open which."""

from collections.abc import Sequence

from outfitter.core.catalogue import Server
from outfitter.core.plan import Step
from outfitter.core.talk.asking import asks
from outfitter.core.talk.marking import mentioned, open_rows, own_words
from outfitter.core.words.vocabulary import COURTESY, SAYING
from outfitter.core.words.wishes import is_only

_PICKING = frozenset("prefer choose pick better best easier works than".split())


def passed_over(text: str, planned: Sequence[Server], steps: Sequence[Step]) -> tuple[str, ...]:
    """What the steps name as another way beside the servers that a text merely names.

    "Slack then" passes over Teams where a step says "post it to Slack or Teams".
    """
    picked = mentioned(text, planned)
    spoken = [own_words(one) for one in planned if one.name in picked]
    if asks(text) or not picked or not is_only(text, COURTESY, SAYING, _PICKING, *spoken):
        return ()
    told = dict.fromkeys(one.text for one in steps)
    beside = [row for one in told for row in open_rows(one, planned) if {*row} & {*picked}]
    return tuple(dict.fromkeys(name for row in beside for name in row if name not in picked))
