"""What a message changes in a running plan: servers to leave, to swap, and steps to drop."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outfitter.core.catalogue import Server
from outfitter.core.phrases import COMMON_NAMES, KEYLESS
from outfitter.core.text import parted, words

_FIRST_OF = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_NAME = r"(?:(?:the|my|our|your|any|using|a|den|die|das|el|la|le|l'|de|von|with|also) )*@(\d+)"
_FILL = (
    r"(?:'s)?(?: (?:part|step|integration|server|connection|account|bit|for now|anymore|any more|"
    r"altogether|entirely|completely|again|instead|please|at all|from (?:the|my) plan|out|off|weg|"
    r"bitte|then|here|after all|too|either|as well|anyway|though|now))*"
)
_END = rf"{_FILL}\s*(?:$|[.,;:!?)]|(?:and|but|then|as|because|since|und|y|et)\b)"
_NOT = r"(?:do not|don't|dont|won't|will not|can't|cannot|can not|would rather not|'d rather not)"
_PLACE = r"(?:to|in|on|into|at|through|via|with)"
_DROPS = (
    (
        r"(?<!never )(?<!not )(?<!don't )(?<!dont )"
        r"\b(?:drop|remove|delete|skip|leave(?: out)?|forget(?: about)?|lose|omit|exclude|ditch|"
        r"cancel|g[eo]t rid of|no more|stop(?:ped)? using|quit|done with|without(?: using)?|"
        r"no longer (?:need|want|use)|"
        r"not(?: to| in| on)?|no|minus|except(?: for)?|ohne|entferne|lösche|lass|streiche|"
        rf"kein|nicht|sin|quita|elimina|sans|enlève|supprime|retire) {_NAME}{_END}"
    ),
    (
        rf"\b(?:don't|do not|dont|never|no need to) (?:use|need|want|include|involve|touch|"
        rf"bother with|(?:post|send|save|write|add|put|report)(?: \w+)? {_PLACE}) {_NAME}{_END}"
    ),
    rf"\btake {_NAME} (?:out|off|away)\b",
    (
        rf"\b(?:i|we) {_NOT} (?:really )?(?:want|need|like|have|use|own)(?: to use| to have)? "
        rf"(?:an? )?{_NAME}{_END}"
    ),
    rf"\b(?:have|got) no {_NAME}{_END}",
    rf"@(\d+){_FILL} (?:is|are)(?: not|n't) (?:\w+ )?(?:needed|necessary|required|wanted)\b",
    (
        rf"\b(?:ich (?:habe|will|möchte|nutze) kein\w*|no (?:tengo|quiero|uso)|"
        rf"je n'(?:ai|utilise) pas) {_NAME}{_END}"
    ),
)
_SWAPS = (
    (
        r"\b(?:instead of|rather than|in place of|statt|anstatt|anstelle|en vez de|en lugar de|"
        rf"au lieu de|plutôt que|à la place de) {_NAME}"
    ),
    (
        r"\b(?:replace|swap|exchange|ersetze|tausche|reemplaza|remplace)(?: out)? "
        rf"{_NAME}{_FILL} (?:with|for|by|to|against|durch|gegen|por|par)\b"
    ),
    rf"\b(?:change|cambia) {_NAME}{_FILL} (?:to|for|por)\b.{{0,30}}@\d",
    rf"\bnot {_NAME} but @\d",
    rf"\b(?:is|are|would be|works|suits us|fits) (?:\w+ )?(?:better|easier|cheaper) than {_NAME}",
    rf"\b(?:prefer|rather (?:use|have)) @\d+ (?:to|over|than) {_NAME}",
    rf"\b(?:switch|change|move|migrate|go)(?: over)? from {_NAME} to\b",
)
_KEEPS_KEY = (
    (
        rf"\b{_NOT} (?:want to |like to |be able to |going to )?(?:give|share|hand|provide|"
        r"paste|enter|tell|trust|send|hand over|reveal)\b.{0,40}?@(\d+)"
    ),
    r"\b(?:not (?:comfortable|happy|willing|going|allowed)|rather not|refuse)\b.{0,50}?@(\d+)",
    r"\bich (?:will|möchte|kann|gebe)\b.{0,40}?\b(?:nicht|kein\w*)\b.{0,40}?@(\d+)",
    r"\bno (?:quiero|puedo) (?:dar|compartir)\w*.{0,30}?@(\d+)",
    r"\bje ne (?:veux|peux) pas (?:donner|partager).{0,30}?@(\d+)",
    r"\bich (?:will|möchte|kann|gebe)\b.{0,40}?@(\d+)\S*.{0,30}?\bnicht (?:geben|teilen|hergeben)",
    (
        rf"\b{_NOT} (?:want to |like to )?(?:sign up|register|pay|make an account|"
        r"create an account)\b.{0,30}?@(\d+)"
    ),
    (
        r"\b(?:without|avoid|no way)\b.{0,12}\b(?:giving|sharing|handing|pasting|entering)\b"
        r".{0,40}?@(\d+)"
    ),
)
_KEEPS_SOME_KEY = re.compile(
    rf"\b(?:{_NOT}|not comfortable|not willing|refuse to)\b.{{0,25}}\b(?:give|giving|share|sharing|"
    r"hand|provide|paste|enter|tell|trust)\b.{0,25}\b(?:key|token|password|secret|credential|it|"
    r"that|this|login)s?\b"
)
_SWAPPING = re.compile(
    r"\binstead\b(?! of)|\b(?:switch|move|change)(?: (?:it|that|this|over))? to @\d"
    r"|\b(?:prefer|(?:would|'d) rather)(?: (?!not\b)\w+){0,4} @\d|\bstattdessen\b|\blieber @\d"
    r"|\b(?:go|going|switch|change|move|come) back to @\d|\b(?:return|revert) to @\d"
    r"|\bi mean(?:t)? @\d"
)
_STEP = re.compile(
    r"\b(?:drop|remove|skip|delete|omit|leave out|forget) (?:the )?"
    r"(?:step (?:number )?(\d{1,2})|(first|second|third|fourth|fifth|last) (?:step|one|part))\b"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What one clause changes; `out` leaves, and `swap` says that something takes its place.

    `key_kept` means that the user keeps the credential back, not that the service is unwanted.
    """

    out: tuple[str, ...] = ()
    swap: bool = False
    key_kept: bool = False
    steps: tuple[int, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether something leaves the plan."""
        return bool(self.out or self.steps)

    @property
    def is_one(self) -> bool:
        """Whether anything is changed at all."""
        return self.takes or self.swap


def read_edit(clause: str, planned: Sequence[Server], others: Iterable[Server] = ()) -> Edit:
    """The change that a clause asks for, in any of the servers it may speak of."""
    marked, groups = _marked(clause, planned, others)
    if not groups and planned:
        marked, groups = _marked_loosely(clause, planned)
    swapped = _found(_SWAPS, marked, groups)
    dropped = _found(_DROPS, marked, groups)
    kept = () if dropped or swapped else _kept(marked, groups, planned)
    return Edit(
        out=tuple(dict.fromkeys((*swapped, *dropped, *kept))),
        swap=bool(swapped or _SWAPPING.search(marked)),
        key_kept=bool(kept),
        steps=tuple(_step(*one.groups()) for one in _STEP.finditer(marked)),
    )


def mentioned(text: str, servers: Iterable[Server]) -> tuple[str, ...]:
    """The names of the servers that a text speaks of by a name of theirs, in its order.

    >>> mentioned("copy it to Notion", [])
    ()
    """
    _, groups = _marked(text, list(servers), ())
    return tuple(dict.fromkeys(name for group in groups for name in group))


def own_words(server: Server) -> frozenset[str]:
    """The words by which a server of the plan and its inputs are called."""
    names = (server.title, server.service, *(one.key.replace("_", " ") for one in server.inputs))
    return frozenset(word for name in names for word in words(name))


def renamed(text: str, old: Server, new: Server) -> str:
    """A step's text with one server's name put in the place of another's."""
    for name in sorted(_names(old), key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            return pattern.sub(lambda _: new.title, text)
    return text


def _names(server: Server) -> tuple[str, ...]:
    names = (server.title, server.name, server.name.replace("-", " "), server.service)
    return tuple(dict.fromkeys(one.lower() for one in (*names, *server.aliases)))


def _marked(
    text: str, planned: Sequence[Server], others: Iterable[Server]
) -> tuple[str, list[tuple[str, ...]]]:
    """The text with `@n` for each name, and the servers each may mean; longest names first.

    A name that is also an everyday word counts only for a server of the plan.
    """
    means: dict[str, list[str]] = {}
    named = [(name, one.name) for one in planned for name in _names(one)]
    named += [
        (name, one.name) for one in others for name in _names(one) if name not in COMMON_NAMES
    ]
    for name, server in named:
        if words(name):
            means.setdefault(name, []).append(server)
    return _replaced(text, means)


def _marked_loosely(text: str, planned: Sequence[Server]) -> tuple[str, list[tuple[str, ...]]]:
    """The same by what the servers are about, where only one of them is about it."""
    means: dict[str, list[str]] = {}
    for server in planned:
        about = {server.category.lower(), *map(str.lower, server.keywords), *words(server.title)}
        for word in about:
            means.setdefault(word, []).append(server.name)
    return _replaced(text, {word: names for word, names in means.items() if len(names) == 1})


def _replaced(text: str, means: dict[str, list[str]]) -> tuple[str, list[tuple[str, ...]]]:
    plain = " ".join(parted(text).lower().replace("@", " ").replace("\u2019", "'").split())
    if not means:
        return plain, []
    longest = sorted(means, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    groups: list[tuple[str, ...]] = []

    def mark(found: re.Match[str]) -> str:
        groups.append(tuple(dict.fromkeys(means[found.group()])))
        return f"@{len(groups) - 1}"

    return pattern.sub(mark, plain), groups


def _found(patterns: Iterable[str], marked: str, groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        name
        for pattern in patterns
        for one in re.finditer(pattern, marked)
        for name in groups[int(one.group(1))]
    )


def _kept(marked: str, groups: list[tuple[str, ...]], planned: Sequence[Server]) -> tuple[str, ...]:
    """The servers whose credential the user keeps back, the only one that wants any if unsaid."""
    if named := _found(_KEEPS_KEY, marked, groups):
        return named
    wanting = [one.name for one in planned if one.required_tokens]
    keeps = _KEEPS_SOME_KEY.search(marked) or KEYLESS.search(marked)
    if not groups and len(wanting) == 1 and keeps:
        return (wanting[0],)
    return ()


def _step(number: str | None, word: str | None) -> int:
    """The place of a step counted from 0, or -1 for the last."""
    return int(number) - 1 if number else _FIRST_OF[word or "last"]
