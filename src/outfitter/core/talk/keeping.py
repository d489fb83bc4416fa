"""The steps of a plan that stay after a message, told anew where their servers change."""

import re
from collections.abc import Iterator, Sequence

from outfitter.core.analysis import Candidate
from outfitter.core.catalogue import of_one_kind
from outfitter.core.plan import Step, together
from outfitter.core.talk.heard import Heard
from outfitter.core.talk.marking import only_names
from outfitter.core.talk.retelling import renamed, unnamed, unsaid
from outfitter.core.talk.stepping import NAMED
from outfitter.core.talk.swapping import Swaps
from outfitter.core.words.text import stems, words
from outfitter.core.words.wishes import bare, is_request

_GOES_ON = re.compile(
    r"(?:by|via|to|in|into|on|onto|through|per|auf|mit|en|por|par) ", re.IGNORECASE
)
_WITH_IT = re.compile(r"\b(?:it|them|that|those|everything|all)\b", re.IGNORECASE)


def kept_steps(heard: Heard, out: Sequence[str], swaps: Swaps) -> Iterator[Step]:
    """The steps that stay, with the new server where one was swapped."""
    counted = together(heard.plan.steps)
    count = len(counted)
    gone = {at % count for edit in heard.edits.values() for at in edit.steps if -1 <= at < count}
    for same in (same for at, same in enumerate(counted) if at not in gone):
        text = _rewritten(same, heard, out, swaps)
        for step in same if text else ():
            new = swaps.get(step.server)
            if new and step.server:
                yield _moved(text, new)
            elif new and step.text == _open_to(new, heard.plan.uncovered):
                yield _taken_on(step, new, heard)
            elif step.server not in out:
                yield step.model_copy(update={"text": text})


def told_alike(step: Step, heard: Heard, kept: Sequence[Step]) -> Step:
    """A new step that says no more than a name, told like that of a server of the same kind."""
    new = heard.servers.get(step.server or "")
    if new is None or not only_names(step.text, new):
        return step
    for other in reversed(kept):
        old = heard.servers.get(other.server or "")
        if old and of_one_kind(old, new):
            text = renamed(other.text, old, new, heard.text)
            if text != other.text:
                return step.model_copy(update={"text": text})
    return step


def unlike(added: Sequence[Step], kept: Sequence[Step]) -> Iterator[Step]:
    """The new steps that do not repeat one that stays."""
    known = {(words(one.text), one.server) for one in kept}
    return (one for one in added if (words(one.text), one.server) not in known)


def _rewritten(same: Sequence[Step], heard: Heard, out: Sequence[str], swaps: Swaps) -> str:
    """What a step says once the servers that leave it, or are swapped, are no longer named."""
    text = same[0].text
    stay = any(one.server not in out for one in same)
    for name in (one.server for one in same if one.server):
        old, new = heard.servers.get(name), swaps.get(name)
        if old and new:
            text = renamed(text, old, new.server, heard.text)
        elif old and not new and name in out and stay:
            text = unnamed(text, old)
    for app in (app for edit in heard.edits.values() for app in edit.apps):
        text = unsaid(text, (app.lower(),), app)
    return text


def _moved(text: str, new: Candidate) -> Step:
    why = NAMED if new.named else "it needs no key from you"
    return Step(text=text, server=new.server.name, why=why)


def _open_to(new: Candidate, uncovered: Sequence[str]) -> str | None:
    """Which step without a server one may take on: what speaks of its kind, else the last."""
    kind = stems(new.server.kinds)
    spoken_of = [one for one in uncovered if kind & stems(words(one))]
    return next(reversed(spoken_of or uncovered), None)


def _taken_on(step: Step, new: Candidate, heard: Heard) -> Step:
    """The step as the server does it, in the user's words where these go on with it: "by mail"."""
    said = [bare(heard.clauses[at]) for at, edit in heard.edits.items() if edit.leans]
    going_on = next((one for one in said if _GOES_ON.match(one)), "")
    done = (one for one in said if is_request(one) and _WITH_IT.search(one))
    more = next((f", {one}" for one in done), f", with {new.server.title}")
    text = f"{step.text} {going_on}" if going_on else f"{step.text}{more}"
    return Step(text=text, server=new.server.name, why=NAMED)
