"""A message as it is meant, with names put right and said, and what is searched for then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from outfitter.core.finding.ranking import NONE_MET, Met
from outfitter.core.finding.sought import Sought
from outfitter.core.talk import context
from outfitter.core.talk.asking import OTHERS
from outfitter.core.talk.context import Talk
from outfitter.core.talk.pointing import resolved, says_one
from outfitter.core.words.spelling import Spellings

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message says, what that is searched for by, and the servers it may speak of.

    `read` holds the misspelt words and the names they were read as.
    """

    text: str
    sought: Sought
    held: tuple[str, ...]
    read: Mapping[str, str]


def meant(
    message: str, sought: Sought, spellings: Spellings, talk: Talk, met: Met = NONE_MET
) -> Meant:
    """The message as it is meant after what was said before; `met` as in the ranking."""
    respelt = spellings.put_right(message)
    text = resolved(respelt.text, talk.plan, talk.past, talk.raised)
    # What was spoken of before is no remark, however it is written.
    if says_one(text, context.spoken_of(talk)):
        sought = replace(sought, asking=0.0)
    raised = (one for one in (*talk.raised.servers, talk.raised.instead_of) if one)
    held = tuple(dict.fromkeys((*context.held(talk), *raised)))
    if OTHERS.search(text):
        others = (name for one in talk.plan.servers for name in one.alternatives)
        held = tuple(dict.fromkeys((*held, *others, *_like(talk.plan.names, met))))
    if text != message:
        sought = sought.reworded(text)
    return Meant(text, sought, held, respelt.read)


def _like(planned: Iterable[str], met: Met) -> Iterator[str]:
    """The services that are known to meet what planned servers meet."""
    needs = _NONE.union(*(met.get(name, _NONE) for name in planned))
    return (service for service, meets in met.items() if not meets.isdisjoint(needs))
