"""The tools an agent is given: those its steps need and what these need in turn, no more."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from outfitter.core.catalogue import Server, Tool
from outfitter.core.equipping.doing import VERBS, Effect, Effects, deed, of_tool
from outfitter.core.equipping.effects import SAFE, asked, flatly, forbidden, outspoken, refused
from outfitter.core.equipping.likeness import Likeness, Saying, saying, spelt, words
from outfitter.core.equipping.roles import Role, role
from outfitter.core.plan import Step, binding
from outfitter.core.words.text import stems, terms

_FIRST = 6  # a catalogue names the tools that are used most before the others
_LEAST, _FEW, _MORE, _SOME, _MANY = 2, 3, 4, 5, 8
_AS_A_FIRST = 2.0
_THIRD, _HALF = 0.3, 0.5
_LOOKUPS = 2
_SEVERAL = 3
# "Summarise it in Notion": what came from elsewhere is left there.
_OF_BEFORE = re.compile(r"\b(?:it|them|this|these|those|everything)\b", re.IGNORECASE)
_TO_ME = re.compile(r"\b(?:send|e-?mail|mail|text|message) (?:me|us)\b", re.IGNORECASE)
_REPORTED = re.compile(r"^report(?= (?!an?\b)(?!.*\bto\b))", re.IGNORECASE)
_MILD = frozenset({Effect.READ, Effect.ACT})
_LOOKS = frozenset({Effect.READ})
_BY_HAND = ("click",)
_BY_MESSAGE = frozenset({"chat", "social"})
_CARRIES = _BY_MESSAGE | {"email"}
_WAYS = ("e-mail", "email", "mail", "message", "dm", "sms", "text", "chat")
_HANDLES = stems("id ids key name names uid gid slug number".split())
# What each tool does, by its name.
ByTool = Mapping[str, Effects]


def pick(server: Server, steps: Sequence[Step]) -> tuple[str, ...]:
    """The names of the server's tools that its steps need, in its order; empty means all."""
    own = _own(server, steps)
    ruled_out = _ruled_out(server, steps, own)
    able = _able(server, steps, own, ruled_out)
    if not own or not able:
        return ()
    taken = _taken(server, able, own)
    chosen = tuple(tool.name for tool in server.tools if tool.name in taken)
    return chosen if ruled_out or len(chosen) < len(server.tools) else ()


def barred(server: Server, steps: Sequence[Step]) -> bool:
    """Whether the steps rule out all that the server's tools are known to do.

    What a tool does that no verb tells, such as running a command, need not be ruled out.
    """
    if not forbidden(binding(server.name, steps)):
        return False
    limits = _ruled_out(server, steps, _own(server, steps)) - {Effect.ACT}
    return bool(server.tools) and all(one & limits for one in _effects(server).values())


def _own(server: Server, steps: Sequence[Step]) -> dict[str, Effects]:
    """The texts of the server's steps, each with what it asks of the server."""
    own = dict.fromkeys(step.text for step in steps if step.server == server.name)
    return {text: _asked(server, text, steps) for text in own}


def _ruled_out(server: Server, steps: Sequence[Step], own: Mapping[str, Effects]) -> Effects:
    """What the steps rule out and no step of the server asks for outright."""
    ruled_out = forbidden(binding(server.name, steps))
    meant = outspoken(own, _ways(server))
    for text, asks in own.items():
        if Effect.ACT not in asks:
            ruled_out -= (asks & meant) - flatly(text)
    return ruled_out


def _able(
    server: Server, steps: Sequence[Step], own: Mapping[str, Effects], ruled_out: Effects
) -> list[Tool]:
    """The tools that do what the steps ask for and nothing they rule out.

    Where reading alone is allowed and no tool is known to read, those stay that no verb tells of.
    """
    said = frozenset().union(*own.values())
    unwanted = refused(binding(server.name, steps))
    effects = _effects(server)
    wanted = _wanted(server, said, effects)

    def within(limits: Effects) -> list[Tool]:
        return [
            tool
            for tool in server.tools
            if effects[tool.name] & wanted
            and effects[tool.name] <= wanted | _MILD
            and not effects[tool.name] & limits
            and (effects[tool.name] <= _MILD or deed(tool) not in unwanted)
        ]

    return within(ruled_out) or within(ruled_out - {Effect.ACT})


def _effects(server: Server) -> ByTool:
    return {tool.name: of_tool(tool) for tool in server.tools}


def _asked(server: Server, text: str, steps: Sequence[Step]) -> Effects:
    """What a step asks of the server, which of a step that others share has a part."""
    sends = any(Effect.SEND in one for one in _effects(server).values())
    # What cannot send is to give what somebody wants to be sent.
    shown = text
    if server.category not in _CARRIES:
        shown = _REPORTED.sub("show", text if sends else _TO_ME.sub("show", text))
    effects = asked([shown], _ways(server))
    sharing = [one.server for one in steps if one.text == text and one.server]
    others = {name for one in sharing if one != server.name for name in _short(one)}
    if others := others - set(_short(server.name)):
        match role(text, _names(server), others):
            case Role.SOURCE:
                return _LOOKS
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


def _wanted(server: Server, said: Effects, effects: ByTool) -> Effects:
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


def _taken(server: Server, able: Sequence[Tool], own: Mapping[str, Effects]) -> set[str]:
    """The tools that fit best, what they need in turn, and the question that tries the key."""
    effects = _effects(server)
    noise = frozenset(terms(f"{server.name} {server.title} {server.service}"))
    readers = [tool for tool in able if Effect.READ in effects[tool.name]]
    taken = {tool.name for tool in readers if len(set(spelt(tool.name)) - noise) == 1}
    if any(spelt(tool.name)[-1:] == _BY_HAND for tool in able):
        # What is done by hand, such as in a browser, takes whatever a hand can do.
        taken |= {tool.name for tool in able}
    for text, asks in own.items():
        said = saying(text, noise - _parting(server, noise))
        first, fitting = _for_step(server, able, said, asks)
        taken |= {tool.name for tool in (*first, *fitting)}
        taken |= {name for tool in fitting for name in _companions(tool, readers)}
    if server.probe:
        taken.add(server.probe.tool)
    return taken | _of_sign_in(server)


def _parting(server: Server, noise: frozenset[str]) -> set[str]:
    """The words of a server's name that tell some of its tools from others."""
    often = Counter(word for tool in server.tools for word in words(tool.name))
    return {word for word in noise if _SEVERAL <= often[word] < len(server.tools)}


def _of_sign_in(server: Server) -> set[str]:
    """The tools that the steps to get in name: without them nobody could sign in."""
    told = {word.strip(".,`") for step in server.steps for word in step.split()}
    named = (tool.name for tool in server.tools if tool.name in told)
    return {name for name in named if len(spelt(name)) > 1}


def _for_step(
    server: Server, able: Sequence[Tool], said: Saying, asks: Effects
) -> tuple[list[Tool], list[Tool]]:
    """The first tools that look, and those that look at or do what a step speaks of."""
    effects, like = _effects(server), Likeness(able, said)
    harmless = _MILD if asks <= _LOOKS else _LOOKS
    allowed = [tool for tool in able if said.allows(tool)] or able
    looking = [tool for tool in allowed if effects[tool.name] <= harmless]
    changing = [tool for tool in allowed if not effects[tool.name] <= harmless]
    used_most = {tool.name for tool in server.tools[:_FIRST]}
    first = [tool for tool in looking if tool.name in used_most]
    if not asks <= _LOOKS:
        near = _leading(looking, like.looks, _FEW, _HALF)
        return first[:_FEW], [*near, *_changing(changing, like, used_most)]
    near = _leading(looking, like.looks, _MANY, _THIRD)
    taken = {tool.name for tool in (*near, *first[:_MORE])}
    rest = [tool for tool in looking if tool.name not in taken]
    return [*first[:_MORE], *rest[: max(0, _MANY - len(taken))]], near


def _changing(tools: Sequence[Tool], like: Likeness, used_most: Collection[str]) -> list[Tool]:
    """Of the tools that change things those that a step speaks of, or the first where none is."""

    def score(tool: Tool) -> float:
        return like.whole(tool) + (_AS_A_FIRST if tool.name in used_most else 0)

    if not any(like.things(one) for one in tools):
        return sorted(tools, key=score, reverse=True)[:_SOME]
    early = [one for one in tools if one.name in used_most]
    return [*early[:_LEAST], *_leading(tools, score, _SOME, _THIRD)]


def _leading(
    tools: Sequence[Tool], score: Callable[[Tool], float], most: int, share: float
) -> list[Tool]:
    """The tools with the highest scores, none far below the best."""
    scored = sorted(((score(tool), tool) for tool in tools), key=lambda one: -one[0])[:most]
    return [tool for reached, tool in scored if reached and reached >= share * scored[0][0]]


def _companions(tool: Tool, readers: Sequence[Tool]) -> Iterator[str]:
    """The tools that find what this one must be told: a list of channels for a `channel_id`."""
    own = words(tool.name) - VERBS
    for wanted in tool.required:
        things = words(wanted) - _HANDLES or own
        finders = [
            one
            for one in readers
            if things and things <= words(one.name) and wanted not in one.required
        ]
        finders.sort(key=lambda one: len(one.required))
        yield from (one.name for one in finders[:_LOOKUPS])
