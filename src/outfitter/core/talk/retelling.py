"""A step's text told anew, once a server of it has another name or none."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache

from outfitter.core.catalogue import Server
from outfitter.core.plan import Plan
from outfitter.core.words.naming import in_its_form
from outfitter.core.words.phrases import JOINING, LEFT_OPEN
from outfitter.core.words.text import stems, words

_JOINT = rf"(?:,? {JOINING} |, ?)"
_TO = (
    r" (?:to|in|into|on|onto|via|through|with|by|at|from|nach|auf|mit|per|en|a|por|con|sur|dans|"
    r"avec)"
    r"(?: (?:the|my|our|der|die|das|el|la|le))? "
)


def told_anew(plan: Plan, text: str, change: Callable[[str], str]) -> Plan:
    """The plan with the steps of this text changed, and its goal likewise."""
    later = {text: change(text)}
    steps = [one.model_copy(update={"text": later.get(one.text, one.text)}) for one in plan.steps]
    return plan.model_copy(
        update={
            "goal": change(plan.goal),
            "steps": tuple(steps),
            "uncovered": tuple(later.get(one, one) for one in plan.uncovered),
        }
    )


def called(server: Server) -> tuple[str, ...]:
    """The names of a server in small letters; those in the plural also in the singular."""
    return _called_at_all(server.title, server.name, server.service, tuple(server.aliases))


def called_alone(server: Server) -> tuple[str, ...]:
    """The names of a server that are more than that of its service, which others may share."""
    return _called(server.title, server.name, server.service, tuple(server.aliases))


@lru_cache(maxsize=2048)
def _called_at_all(
    title: str, name: str, service: str, aliases: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_called(title, name, service, aliases), *_spoken(service))))


@lru_cache(maxsize=2048)
def _called(title: str, name: str, service: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    formed = in_its_form(title, name, service)
    return _spoken(title, f"{title} ({name})", name, name.replace("-", " "), *aliases, *formed)


def _spoken(*names: str) -> tuple[str, ...]:
    spoken = [one.lower() for one in names]
    single = [one[:-1] for one in spoken if " " in one and one.endswith("s")]
    return tuple(dict.fromkeys((*spoken, *single)))


def names_said(text: str, server: Server) -> frozenset[str]:
    """The names by which a text calls a server."""
    return frozenset(name for name in called(server) if _by_itself(name).search(text))


def kinds_said(text: str, server: Server) -> frozenset[str]:
    """The stems of what a server's tools tell of the app in it that a text names: OneDrive's files.

    Nothing where the text names it as a whole.
    """
    aliases = {one.lower() for one in server.aliases}
    apps = [one for one in names_said(text, server) if one in aliases]
    told = (f"{one.name} {one.description}".replace("_", " ") for one in server.tools)
    return stems(
        word
        for one in told
        if any(_by_itself(app).search(one) for app in apps)
        for word in words(one)
    )


def renamed(text: str, old: Server, new: Server, spoken: str = "") -> str:
    """A step's text with one server's name in the place of another's that it is not called by.

    `spoken` is what was said of the new one, which may be a part of what it does.
    """
    if LEFT_OPEN.search(text) and names_said(text, new) - {*called(old)}:
        return unnamed(text, old)
    for name in sorted(set(called(old)) - set(called(new)), key=len, reverse=True):
        pattern = _by_itself(name)
        if pattern.search(text):
            return pattern.sub(lambda _: _title(new, spoken), text)
    return text


def _title(server: Server, spoken: str) -> str:
    """The title, or of one that joins several names the only one that is spoken."""
    joined = server.title.split(" and ")
    names = [name for name in server.aliases if len(joined) > 1 and _by_itself(name).search(spoken)]
    found = [one for name in names if (one := _by_itself(name).search(server.title))]
    return found[0].group() if len(found) == 1 else server.title


@lru_cache(maxsize=2048)
def _by_itself(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def unnamed(text: str, old: Server) -> str:
    """A step's text that no longer asks for a server: without its name where that is easy.

    "Post to Slack and Discord" without Slack is "post to Discord"; "copy it to Slack" is "copy it".
    """
    return unsaid(text, called(old), old.title)


def unsaid(text: str, names: Collection[str], title: str) -> str:
    """The same for anything with these names; nothing is left of what is only its name."""
    if text.strip(" .!?").lower() in names:
        return ""
    for name in sorted(names, key=len, reverse=True):
        spoken = _by_itself(name).pattern
        for part in (
            rf"{spoken}{_JOINT}(?!without )(?=\w)",
            rf"(?<=\w)(?:{_JOINT}|{_TO}){spoken}(?: #[\w-]+)?(?=$|[,.;])",
        ):
            shorter = re.sub(part, "", text, count=1, flags=re.IGNORECASE)
            if shorter != text:
                return shorter
        if re.search(spoken, text, re.IGNORECASE):
            return f"{text}, without {title}"
    return text
