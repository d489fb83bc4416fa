"""What the clauses of a message change together: one often says what the next one means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outfitter.core.analysis import Question
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.finding.apps import unknown_apps
from outfitter.core.finding.capabilities import able_to_do
from outfitter.core.plan import Step, together
from outfitter.core.talk.edit import Edit, read_edit
from outfitter.core.talk.marking import apps_alone, mentioned, own_words, rows
from outfitter.core.talk.picking import passed_over, rival_of
from outfitter.core.talk.retelling import names_said
from outfitter.core.words.naming import kin_of, said_names
from outfitter.core.words.phrases import (
    COMPLAINT,
    KEY_ASKED,
    LETTING_GO,
    MORE,
    NO,
    NOT_THAT,
    ONE_OF,
    PAIRED,
    REFUSING,
    REGRET,
    REST,
    SIGNING_IN,
)
from outfitter.core.words.text import stems, words
from outfitter.core.words.vocabulary import COMING, COURTESY, PREFERRING, SAYING
from outfitter.core.words.wishes import is_only

Edits = dict[int, Edit]


def edits_of(clauses: Mapping[int, str], question: Question) -> Edits:
    """The change that each clause asks for, by its number."""
    planned, others, steps = question.planned, question.others, question.plan.steps
    edits = {
        place: read_edit(text, planned, others, steps, wanting=question.wanting)
        for place, text in clauses.items()
    }
    _carry_on(clauses, edits, planned)
    _answer(clauses, edits, question)
    _fill(clauses, edits, planned, others)
    _part(clauses, edits, planned, steps)
    return _rest_gone(clauses, planned, steps) or edits


def _carry_on(clauses: Mapping[int, str], edits: Edits, planned: Sequence[Server]) -> None:
    """Lets a clause that only names servers, or points at them, go with the one before.

    "Drop A and B" drops both; "we left A, take it out" drops A.
    """
    before, last = Edit(), None
    for place, text in clauses.items():
        bare_names = mentioned(text, planned) if is_only(text, *map(own_words, planned)) else ()
        instead = last is not None and NOT_THAT.match(clauses[last])
        if bare_names and before.out and not before.swap and not instead:
            edits[place] = Edit(out=bare_names, key_kept=before.key_kept)
        elif before.swap and PAIRED.search(text) and (old := mentioned(text, planned)[:1]):
            edits[place] = Edit(out=old, swap=True)
        elif last is not None and not before.is_one and LETTING_GO.search(text):
            edits[last] = edits[place] = Edit(out=mentioned(clauses[last], planned))
        elif last is not None and not before.is_one and _keeps(clauses[last], text):
            edits[last] = edits[place] = Edit(out=mentioned(clauses[last], planned), key_kept=True)
        before, last = edits[place], place


def _keeps(asked: str, said: str) -> bool:
    """Whether a clause keeps back the credential that the clause before it speaks of."""
    return bool(SIGNING_IN.search(said) or (KEY_ASKED.search(asked) and REFUSING.search(said)))


def _answer(clauses: Mapping[int, str], edits: Edits, question: Question) -> None:
    """Lets a mere name take the part that was asked about, is open, not meant, or a rival's.

    It may be a mere kind of thing too: "by mail".
    """
    planned, others = question.planned, question.others
    regrets = any(map(REGRET.match, clauses.values()))
    refused = False
    left: tuple[str, ...] = ()
    instead_of = question.raised.instead_of
    for place, text in clauses.items():
        known = [*others, *planned] if left else others
        mere = _is_mere_name(text, known) or _is_mere_kind(text, others)
        if mere and not edits[place].takes:
            if instead_of in question.plan.names:
                edits[place] = Edit(out=(instead_of,), swap=True)
            elif edits[place].swap:
                continue
            elif old := left or _kin_named(text, planned, others):
                edits[place] = Edit(out=old, swap=True)
            else:
                edits[place] = _named_anew(text, edits[place], question, regret=refused or regrets)
        elif left and (apps := apps_alone(text, unknown_apps(text, others))):
            edits[place] = Edit(out=left, swap=True, strange=apps)
        left = edits[place].out if NOT_THAT.match(text) else ()
        refused = bool(NO.match(text)) or (refused and is_only(text, SAYING))


def _named_anew(text: str, read: Edit, question: Question, *, regret: bool) -> Edit:
    """What a mere name changes that nothing was asked about: what is open, not meant, a rival's."""
    if question.plan.uncovered or (regret and question.plan.servers):
        return Edit(leans=True)
    old = rival_of(text, question)
    return Edit(out=old, swap=True) if old else read


def _fill(
    clauses: Mapping[int, str], edits: Edits, planned: Sequence[Server], others: Sequence[Server]
) -> None:
    """Lets a mere kind of thing, or a name of that kind, do the part of what is dropped before.

    Behind a complaint any mere name does.
    """
    before, last = Edit(), ""
    for place, text in clauses.items():
        bad = mentioned(last, planned) if not before.is_one and COMPLAINT.search(last) else ()
        gone = () if before.swap else before.out or bad
        left = [one for one in planned if one.name in gone]
        like = [one for one in others if bad or any(of_one_kind(one, old) for old in left)]
        mere = _is_mere_kind(text, others) or _is_mere_name(text, like)
        if (
            gone
            and (mere or _names_its_likes(text, left, others))
            and not (edits[place].is_one or MORE.search(text))
        ):
            edits[place] = Edit(out=gone, swap=True)
        before, last = edits[place], text


def _part(
    clauses: Mapping[int, str], edits: Edits, planned: Sequence[Server], steps: Sequence[Step]
) -> None:
    """Lets only some steps go of a server that the others call by another of its names.

    "Drop Jira" leaves what is done in Confluence.
    """
    told = [same[0].text for same in together(steps)]
    going = [one for one in planned if any(one.name in edit.out for edit in edits.values())]
    named_by = {one.name: _naming(told, one) for one in going}
    for place, edit in edits.items():
        for one in going if not (edit.swap or edit.key_kept) else ():
            spoken = names_said(clauses[place], one) if one.name in edit.out else frozenset()
            named = named_by[one.name]
            gone = tuple(at for at, names in named.items() if names & spoken)
            if gone and len(gone) < len(named):
                out = tuple(name for name in edit.out if name != one.name)
                edits[place] = replace(edit, out=out, steps=(*edit.steps, *gone))


def _naming(told: Sequence[str], one: Server) -> dict[int, frozenset[str]]:
    """The places of the texts that name a server, each with the names that it says."""
    return {at: names for at, text in enumerate(told) if (names := names_said(text, one))}


def _kin_named(text: str, planned: Sequence[Server], others: Sequence[Server]) -> tuple[str, ...]:
    """The servers of the plan that a text names another of the same service for."""
    servers = [*planned, *others]
    kin = kin_of(mentioned(text, planned, others), servers)
    return () if MORE.search(text) else tuple(one.name for one in planned if one.name in kin)


def _is_mere_name(text: str, servers: Sequence[Server]) -> bool:
    """Whether a text names one of the servers and says nothing beside that."""
    said = said_names(text, servers)
    generic = {name for name, places in said.items() if all(one.generic for one in places)}
    named = [one for one in mentioned(text, servers) if one not in generic]
    spoken = [own_words(one) for one in servers if one.name in named]
    return bool(named) and is_only(text, COURTESY, SAYING, COMING, PREFERRING, *spoken)


def _is_mere_kind(text: str, servers: Sequence[Server]) -> bool:
    """Whether a text says nothing but the kind of thing that does a part: "email is fine"."""
    kinds = (kind for one in able_to_do(text, servers) for kind in one.kinds)
    spoken = frozenset(word for kind in kinds for word in words(kind))
    return bool(spoken) and is_only(text, COURTESY, SAYING, COMING, PREFERRING, spoken)


def _names_its_likes(text: str, left: Sequence[Server], servers: Sequence[Server]) -> bool:
    """Whether a text names a server and what one of those left has too: "GitHub issues"."""
    named = mentioned(text, servers)
    for one in (one for one in servers if one.name in named[:1]):
        rest = stems(words(text)) - stems(own_words(one)) - stems(COURTESY | SAYING)
        shared = [stems(one.kinds) & stems(old.kinds) for old in left]
        return bool(rest) and any(rest <= kinds for kinds in shared)
    return False


def _rest_gone(
    clauses: Mapping[int, str], planned: Sequence[Server], steps: Sequence[Step]
) -> Edits:
    """What goes where a message names what stays, and picks it or says that of the rest."""
    text = " ".join(clauses.values())
    if gone_by_pick := passed_over(text, planned, steps):
        return _gone_with_the_last(clauses, gone_by_pick)
    stays = [one for one in planned if mentioned(text, [one])]
    if not stays or not (ONE_OF.search(text) or REST.search(text)):
        return {}
    gone = [one for one in planned if one not in stays]
    if ONE_OF.search(text):
        gone = [one for one in _beside(stays[0], planned, steps) if one in gone]
    return _gone_with_the_last(clauses, tuple(one.name for one in gone))


def _gone_with_the_last(clauses: Mapping[int, str], out: tuple[str, ...]) -> Edits:
    """What a whole message drops, as the change of its last clause."""
    return dict.fromkeys(clauses, Edit()) | {max(clauses): Edit(out=out)}


def _beside(one: Server, planned: Sequence[Server], steps: Sequence[Step]) -> list[Server]:
    """The servers that a step names in one row with this one, else those of the same kind."""
    for text in dict.fromkeys(step.text for step in steps if step.server == one.name):
        for row in rows(text, planned):
            if one.name in row:
                return [other for other in planned if other.name in row and other is not one]
    return [other for other in planned if of_one_kind(other, one) and other is not one]
