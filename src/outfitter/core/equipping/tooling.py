"""The tools an agent is given: those its steps need and what these need in turn, no more."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from math import fsum, log

from outfitter.core.catalogue import Server, Tool
from outfitter.core.equipping.doing import Effect, Effects, deed, of_tool
from outfitter.core.equipping.effects import SAFE, asked, forbidden, outspoken, refused
from outfitter.core.equipping.roles import Role, role
from outfitter.core.plan import Step
from outfitter.core.words.text import stems, terms, tokens

_MOST = 8  # of those that fit; what they need in turn comes on top
_FIRST = 6  # a catalogue names the tools that are used most before the others
_MANY = 20
_LOOKUPS = 2
# "Summarise it in Notion": what came from elsewhere is left there.
_OF_BEFORE = re.compile(r"\b(?:it|them|this|these|those|everything)\b", re.IGNORECASE)
_MILD = frozenset({Effect.READ, Effect.ACT})
_BY_MESSAGE = frozenset({"chat", "social"})
_CARRIES = _BY_MESSAGE | {"email"}
_WAYS = ("e-mail", "email", "mail", "message", "dm", "sms", "text", "chat")
_SAME = (
    "email mail message inbox letter",
    "event meeting appointment calendar",
    "task todo ticket issue card reminder",
    "song track music",
    "document doc page file note",
    "row record entry cell data range value",
    "spreadsheet sheet workbook worksheet",
    "photo image picture",
    "price quote rate",
    "customer contact lead person people",
    "invoice bill payment charge",
    "website site web page url",
)
_GROUPS = tuple(stems(one.split()) for one in _SAME)
_HANDLES = stems("id ids key name names uid gid slug number".split())
Able = Mapping[str, Effects]


def pick(server: Server, steps: Sequence[Step]) -> tuple[str, ...]:
    """The names of the server's tools that its steps need, in its order; empty means all."""
    own = [step.text for step in steps if step.server == server.name]
    asks = [_asked(server, one, steps) for one in own]
    said = frozenset().union(*asks)
    binding = [step.text for step in steps if step.server in (server.name, None)]
    ruled_out, unwanted = forbidden(binding), refused(binding)
    meant = outspoken(own, _ways(server))
    ruled_out -= frozenset().union(*(one & meant for one in asks if Effect.ACT not in one))
    effects = {tool.name: of_tool(tool) for tool in server.tools}
    wanted = _wanted(server, said, effects)
    able = [
        tool
        for tool in server.tools
        if effects[tool.name] & wanted
        and not effects[tool.name] & ruled_out
        and (effects[tool.name] <= _MILD or deed(tool) not in unwanted)
    ]
    if not own or not able:
        return ()
    taken = _taken(server, able, own, effects, said)
    chosen = tuple(tool.name for tool in server.tools if tool.name in taken)
    return chosen if ruled_out or len(chosen) < len(server.tools) else ()


def _asked(server: Server, text: str, steps: Sequence[Step]) -> Effects:
    """What a step asks of the server, which of a step that others share has a part."""
    effects = asked([text], _ways(server))
    sharing = [one.server for one in steps if one.text == text and one.server]
    others = {name for one in sharing if one != server.name for name in _short(one)}
    if others := others - set(_short(server.name)):
        match role(text, _names(server), others):
            case Role.SOURCE:
                return frozenset({Effect.READ})
            case Role.GOAL:
                return effects | SAFE
    elif _OF_BEFORE.search(text) and role(text, _names(server), ()) is Role.GOAL:
        return effects | SAFE
    return effects


def _short(name: str) -> tuple[str, str]:
    """What a server is likely to be called, of which nothing but its name is known."""
    return name.replace("-", " "), name.partition("-")[0]


def _names(server: Server) -> tuple[str, ...]:
    names = (server.name, server.title, server.service, *server.aliases)
    return tuple(one.lower() for one in names)


def _wanted(server: Server, said: Effects, effects: Mapping[str, Effects]) -> Effects:
    """What the server's tools may do: looking always, and writing where sending is asked."""
    wanted = {Effect.READ, Effect.ACT, *said}
    if Effect.SEND in said:
        wanted.add(Effect.WRITE)
    by_message = server.category in _BY_MESSAGE
    if Effect.WRITE in said and (
        by_message or not any(Effect.WRITE in one for one in effects.values())
    ):
        wanted.add(Effect.SEND)
    return frozenset(wanted)


def _ways(server: Server) -> tuple[str, ...]:
    """What a user calls the server, or the way it takes, where it carries messages to people."""
    if server.category not in _CARRIES:
        return ()
    return (*_names(server), *_WAYS)


def _taken(
    server: Server, able: Sequence[Tool], own: Sequence[str], effects: Able, said: Effects
) -> set[str]:
    """The tools that fit best, what they need in turn, and the question that tries the key."""
    noise = frozenset(terms(f"{server.name} {server.title} {server.service}"))
    readers = [tool for tool in able if Effect.READ in effects[tool.name]]
    best = _best(able, own, effects, noise, said - {Effect.READ})
    taken = {tool.name for tool in best}
    taken |= {name for tool in best for name in _companions(tool, readers)}
    taken |= {tool.name for tool in readers if len(set(tokens(tool.name)) - noise) == 1}
    if server.probe:
        taken.add(server.probe.tool)
    return taken | _of_sign_in(server)


def _of_sign_in(server: Server) -> set[str]:
    """The tools that the steps to get in name: without them nobody could sign in."""
    told = {word.strip(".,`") for step in server.steps for word in step.split()}
    named = (tool.name for tool in server.tools if tool.name in told)
    return {name for name in named if len(tokens(name)) > 1}


def _best(
    able: Sequence[Tool], own: Sequence[str], effects: Able, noise: frozenset[str], said: Effects
) -> Collection[Tool]:
    """The first tools, and those that speak most of what the steps speak of.

    A server whose tools mostly do what no verb tells, such as a browser, keeps them all.
    """
    if 2 * sum(effects[tool.name] == {Effect.ACT} for tool in able) >= len(able):
        return able
    spoken = frozenset(word for text in own for word in terms(text)) - noise
    wide = spoken | frozenset(word for group in _GROUPS if group & spoken for word in group)
    often = Counter(word for tool in able for word in _words(tool.name, tool.description))

    def fit(tool: Tool) -> float:
        named, told = _words(tool.name), _words(tool.description)
        weigh = {word: log(len(able) / often[word]) for word in wide & (named | told)}
        return fsum(  # whatever the order of the words is
            weight * (2 if word in named else 1) * (1 if word in spoken else 0.5)
            for word, weight in weigh.items()
        )

    def distance(tool: Tool) -> float:
        return -fit(tool) - (2 if effects[tool.name] & said else 0)

    best = sorted(able, key=distance)[:_MOST]
    fitting = [one for one in best if effects[one.name] & _MILD or fit(one)]
    # Beside what fits, what does as much to a thing that nobody spoke of fills no place.
    if len(able) > _MANY and any(not effects[one.name] & _MILD for one in fitting):
        best = fitting
    return {one.name: one for one in (*able[:_FIRST], *best)}.values()


def _companions(tool: Tool, readers: Sequence[Tool]) -> Iterator[str]:
    """The tools that find what this one must be told: a list of channels for a `channel_id`."""
    for wanted in tool.required:
        things = _words(wanted) - _HANDLES
        finders = [
            one
            for one in readers
            if things and things <= _words(one.name) and wanted not in one.required
        ]
        finders.sort(key=lambda one: len(one.required))
        yield from (one.name for one in finders[:_LOOKUPS])


@lru_cache(maxsize=8192)
def _words(*texts: str) -> frozenset[str]:
    """The stems of names and sentences, so that both can be compared."""
    return frozenset(terms(" ".join(texts)))
