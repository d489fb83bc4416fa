"""Which servers of a plan others take the place of."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from outfitter.core.analysis import Candidate
from outfitter.core.finding.rivals import MIXED, described_alike, does_the_same, preferred
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import mentioned, only_names
from outfitter.core.talk.pointing import come_last, only_dropped
from outfitter.core.talk.retelling import kinds_said
from outfitter.core.talk.stepping import NAMED
from outfitter.core.words.naming import kin_of
from outfitter.core.words.phrases import MORE, SOMEWHERE
from outfitter.core.words.text import stem
from outfitter.core.words.vocabulary import ACTION
from outfitter.core.words.wishes import bare

Swaps = Mapping[str | None, Candidate]


def swaps_of(
    heard: Heard, chosen: Sequence[Candidate], out: Sequence[str]
) -> Iterator[tuple[str | None, Candidate]]:
    """Each server of the plan that another takes the place of, with that other."""
    more = MORE.search(heard.text)
    if not more and not heard.changes:
        yield from _instead_of_guessed(heard, chosen)
    for place, edit in heard.edits.items():
        leaving = [name for name in heard.plan.names if name in edit.out]
        if edit.key_kept:
            yield from _keyless(heard, leaving, out)
        elif edit.swap and (new := into(heard, place, chosen)):
            last = len(new) - 1
            for at, name in enumerate(leaving or _counterpart(heard, new[0], place)):
                yield name, new[min(at, last)]
        elif edit.leans and not more and (new := into(heard, place, chosen)):
            yield from ((name, new[0]) for name in _part_for(new[0], place, heard)[:1])


def _instead_of_guessed(
    heard: Heard, chosen: Sequence[Candidate]
) -> list[tuple[str | None, Candidate]]:
    """Each server that nobody named, with one of its kind that the message names."""
    fresh = {one.server.category: one for one in chosen if one.named}
    known = {one.service for one in heard.planned}
    return [
        (old.name, fresh[old.category])
        for old in heard.planned
        if old.category in fresh
        and old.category not in MIXED
        and fresh[old.category].server.service not in known
        and not _was_named(old.name, heard)
    ]


def _was_named(name: str, heard: Heard) -> bool:
    """Whether the user named a server of the plan."""
    return any(one.why == NAMED for one in heard.plan.steps if one.server == name)


def into(heard: Heard, place: int, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The servers that a clause brings in: those it names, else those the message names or means.

    A strange app is a name too, of none.
    """
    clause, edit = _without_verb(heard, heard.clauses[place]), heard.edits[place]
    if here := [one for one in chosen if mentioned(clause, [one.server])]:
        return here
    leaving = [name for edit in heard.edits.values() for name in edit.out]
    shut = heard.shut(leaving)
    fresh = [one for name, one in heard.candidates.items() if name not in shut]
    spoken = [one for one in fresh if mentioned(clause, [one.server])]
    if spoken or edit.strange:
        alike = [one for one in spoken if one.server.service == spoken[0].server.service]
        return [preferred(alike)] if alike else []
    new = [one for one in chosen if one.server not in heard.planned]
    meant = new[:1] if edit.leans or set(edit.out) & set(heard.plan.names) else []
    return [one for one in new if one.named] or meant


def _without_verb(heard: Heard, clause: str) -> str:
    """A clause without a first word that says what a server of the plan does: "email Tom"."""
    verb, _, rest = bare(clause).partition(" ")
    done = any(verb.lower() in one.kinds for one in heard.planned)
    return rest if rest and verb.lower() in ACTION and done else clause


def _counterpart(heard: Heard, new: Candidate, place: int) -> Sequence[str | None]:
    """The server of the plan that the new one is most likely meant to replace.

    After "drop A", a mere "use B instead" is for A; what says more is a step of its own, in the
    next message too.
    """
    planned = set(heard.plan.names)
    taken = any(planned & set(one.out) or one.steps or one.apps for one in heard.edits.values())
    if taken or new.server in heard.planned:
        dropped = heard.edits[place - 1].out if place - 1 in heard.edits else ()
        mere = only_names(heard.clauses[place], new.server)
        known = [name for name in dropped if name in heard.plan.names]
        return known[:1] if mere and new.server not in heard.planned else []
    if only_dropped(heard.plan, heard.question.past):
        return []
    first = [*_successors(heard, new), *_alike(heard, new)]
    if heard.edits[place].out:
        return first[:1]
    return [*first, *_open(heard), *reversed(heard.plan.names)][:1]


def _successors(heard: Heard, new: Candidate) -> list[str]:
    """What came into the plan when the server left it and is still there, its likes first."""
    plans = (*heard.question.past, heard.plan)
    for before, then in reversed(tuple(pairwise(plans))):
        if new.server.name in before.names:
            alike = _alike(heard, new)
            come = set(then.names) - set(before.names)
            left = [name for name in heard.plan.names if name in come]
            return sorted(left, key=lambda name: name not in alike)
    return []


def _part_for(new: Candidate, place: int, heard: Heard) -> list[str | None]:
    """What a server may take on that is said to be better, the likeliest first.

    That is what asks for "somewhere", else its like, else what a clause beside it drops.
    """
    if new.server not in heard.planned and any(map(SOMEWHERE.search, heard.plan.uncovered[-1:])):
        return [None]
    mere = only_names(heard.clauses[place], new.server)
    beside = [heard.edits[at] for at in (place - 1, place + 1) if at in heard.edits]
    dropped = [name for edit in beside if mere for name in edit.out if name in heard.plan.names]
    return [*_alike(heard, new), *dropped, *_open(heard)]


def _open(heard: Heard) -> list[None]:
    """The last step that no server does, if there is one."""
    return [None] if heard.plan.uncovered else []


def _alike(heard: Heard, new: Candidate) -> list[str]:
    """The servers of the plan that do what the new one does, those that nobody named first."""
    if new.server in heard.planned:
        return []
    known = [heard.candidates[one.name] for one in heard.planned]
    kin = kin_of([new.server.name], heard.servers.values())
    same = [one.server.name for one in known if one.server.name in kin]
    alike = [one.server.name for one in known if _is_like(one, new, heard)]
    offered = [one.name for one in heard.plan.servers if new.server.name in one.alternatives]
    kinds = kinds_said(heard.text, new.server)
    meant = [one.name for one in heard.planned if stem(one.category) in kinds]
    like = meant or [*reversed(offered), *reversed(alike)]
    return [*same, *sorted(like, key=lambda name: _was_named(name, heard))]


def _is_like(old: Candidate, new: Candidate, heard: Heard) -> bool:
    """Whether one is of the other's kind; where kinds are mixed, for a like need or just taken."""
    if old.server.category != new.server.category:
        return described_alike(old.server, new.server)
    if old.server.category not in MIXED or does_the_same(old, new):
        return True
    past = heard.question.past
    return bool(past and past[-1].steps) and come_last(heard.plan, past) == (old.server.name,)


def _keyless(
    heard: Heard, leaving: Sequence[str], out: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """For each server whose key is kept back, one of the same service that asks for none."""
    for name in leaving:
        service = heard.servers[name].service
        for one in heard.question.shortlist:
            same = one.server.service == service and one.server.name not in out
            if same and not one.server.required_tokens:
                yield name, one
                break
