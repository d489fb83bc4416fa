"""Secrets in running text: where they are, and the text without them."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from outfitter.core.secret_breaks import broken, going_on
from outfitter.core.secret_formats import (
    BEHIND_AWS_KEY,
    DUMMY,
    FOLDER,
    IDENTIFIER,
    IN_BASIC,
    IN_COMMAND,
    IN_URL,
    MIXED,
    PRIVATE_KEY,
    SYMBOL,
    TECHNICAL,
    UUID,
    VENDOR,
    is_made_up,
    is_random,
    kind_of,
)
from outfitter.core.secret_labels import (
    ANNOUNCED,
    ANNOUNCING,
    ELSEWHERE,
    GIVEN,
    GIVING,
    LABEL,
    LABEL_ELSEWHERE,
    SAID_BEFORE,
    STEMS,
)
from outfitter.core.secret_places import placed
from outfitter.core.secret_shapes import columns, shaped

_BARE = ("key", "schlüssel", "clé", "chiave", "chave", "llave", "ключ")
_NO_CREDENTIAL = frozenset(
    "cache primary foreign sort partition issue object public idempotency composite unique answer "
    "hash csrf lookup map dictionary json csv column row".split()
)
_JOINED = re.compile(r"(?=[A-Za-z-]*[0-9])[A-Za-z0-9]{4}(?:-[A-Za-z0-9]{4}){3,5}")
_UUID = re.compile(UUID)
# The name of a service before the word, and not what only points to it.
_NAMED = re.compile(
    r"\b(?!(?:the|this|that|its|an?|each|their|whose|by|and|or)\s)[a-z]{2,16}\s\Z", re.IGNORECASE
)
_PAIR = re.compile(r"[\w.@+-]{1,64}:(?P<password>\S{6,})")
# Where Chinese, Japanese or Korean go on behind a value without a space.
_GOES_ON = re.compile(r"[\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_STRONG = re.compile(r"[A-Za-z0-9][!@#$%^*]+[A-Za-z0-9]")
_SIXTEEN = re.compile(r"[a-z]{16}")
_EVERYDAY = frozenset(
    "that this with have from they what when will need your been were also just only then them "
    "make here must some want know like more very same used uses sent kept held left lost most "
    "each once into even long than does none gone next".split()
)
_CLOSING = ".,;:)]}>\"'\\"
# How people and their keyboards write what is known here by plain letters, one for one.
_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u2039\u203a"), "'"),
}
_FOUR, _SHORT, _LONG = 4, 6, 16
# The last of its letters.
_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Found:
    """A secret in a text: what it looks like and where it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, and where they stood in the original."""

    text: str
    found: tuple[Found, ...] = ()


def find(text: str, known: Iterable[str] = ()) -> tuple[Found, ...]:
    """The secrets in a text in order, none overlapping another; `known` are some for certain.

    >>> find("my token: ntn_" + "a1B2" * 10)
    (Found(kind='Notion token', start=10, end=54),)
    """
    kept: list[Found] = []
    plain = text if text.isascii() else text.translate(_PLAIN)
    for one in sorted(
        (*_known(text, known), *_all(plain)), key=lambda found: (found.start, -found.end)
    ):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = replace(kept[-1], end=one.end)
    return tuple(kept)


def removed(kind: str) -> str:
    """What stands where a secret was cut out."""
    return f"[secret removed: {kind}]"


def redact(text: str, known: Iterable[str] = ()) -> Redacted:
    """The text with each secret replaced by what it was.

    >>> redact("use ntn_" + "a1B2" * 10 + " please").text
    'use [secret removed: Notion token] please'
    """
    found = find(text, known)
    parts: list[str] = []
    at = 0
    for one in found:
        parts += text[at : one.start], removed(one.kind)
        at = one.end
    return Redacted("".join(parts) + text[at:], found)


def _known(text: str, known: Iterable[str]) -> Iterator[Found]:
    # To make a pattern of a long value takes longer than all the rest.
    for one in (value for value in known if value in text):
        alone = rf"(?<![A-Za-z0-9]){re.escape(one)}(?![A-Za-z0-9])"
        yield from (Found("credential", *match.span()) for match in re.finditer(alone, text))


def _all(text: str) -> Iterator[Found]:
    yield from _by_format(text)
    yield from (Found(kind_of(secret), *at) for secret, at in broken(text))
    if "-----BEGIN" in text:
        yield from (Found("private key", *match.span()) for match in PRIVATE_KEY.finditer(text))
    if "://" in text:
        yield from _with_user(IN_URL, text)
    if "-u" in text or "--auth" in text:
        yield from _with_user(IN_COMMAND, text)
    lower = text.lower()
    yield from (Found("password", *at) for at in placed(text, lower))
    yield from (Found("secret", *at) for at in shaped(text, lower))
    if "basic" in lower:
        yield from _basic(text)
    if any(stem in lower for stem in STEMS):
        yield from _by_label(LABEL, text)
        yield from _by_label(SAID_BEFORE, text)
        yield from (Found("secret", *at) for at in columns(text))
    if any(word in lower for word in ELSEWHERE):
        yield from _by_label(LABEL_ELSEWHERE, text)


def _by_format(text: str) -> Iterator[Found]:
    for match in VENDOR.finditer(text):
        if is_random(match[0]):
            yield Found(kind_of(match[0]), *match.span())
            if other_half := BEHIND_AWS_KEY.match(text, match.end()):
                yield Found("AWS secret key", *other_half.span("value"))


def _with_user(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        value = match["value"]
        # What stands between `:` and `@` can only be a password; behind `-u` it could be a group.
        looks_so = pattern is IN_URL or MIXED.search(value) or SYMBOL.search(value)
        if looks_so and not DUMMY.fullmatch(value):
            yield Found("password", *match.span("value"))


def _basic(text: str) -> Iterator[Found]:
    """What is a name and a password once it is unpacked."""
    for match in IN_BASIC.finditer(text):
        packed = match["value"].rstrip("=").replace("+", "-").replace("/", "_")
        try:
            said = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
        except ValueError:
            continue
        _, colon, password = said.partition(":")
        if colon and said.isprintable() and not DUMMY.fullmatch(password):
            yield Found("password", *match.span("value"))


def _by_label(label: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in label.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()].lower().rstrip(" _-").split()
        if before and before[-1].split("_")[-1] in _NO_CREDENTIAL:
            continue
        start, end = match.start("value"), _end(match)
        if end and match["word"]:
            yield Found("password", start, end)
        elif end:
            yield Found("secret", start, going_on(text, start, end))


def _end(match: re.Match[str]) -> int:
    """Where the labelled value ends, or 0 if it is ordinary talk."""
    value = match["value"].rstrip(_CLOSING)
    if value[:1].isascii():
        value = _GOES_ON.split(value, maxsplit=1)[0].rstrip(_CLOSING)
    if match["six"] and not any(map(MIXED.fullmatch, value.split())):
        value = " ".join(value.split()[:4])
    if match["six"] or match["four"]:
        announced = bool(match["link"].strip())
        secret = bool(match["word"]) and _is_app_password(value, announced=announced)
    else:
        secret = _is_secret(value.rstrip("!?"), match)
    return match.start("value") + len(value) if secret else 0


def _is_app_password(value: str, *, announced: bool) -> bool:
    """Whether groups of four are no sentence: six with digits, or four of letters alone."""
    groups = value.lower().split()
    if len(groups) == _FOUR and not value.replace(" ", "").isalpha():
        return False
    if announced:
        return not _EVERYDAY.intersection(groups)
    return any(not set(group) & set("aeiouy") for group in groups)


def _is_secret(value: str, match: re.Match[str]) -> bool:
    if len(value) < _SHORT or DUMMY.fullmatch(value) or IDENTIFIER.fullmatch(value):
        return False
    if match["word"] and _SIXTEEN.fullmatch(value) and _names_app(match):
        return True
    link = match["link"].strip(" \"'`\\")
    # A few letters alone are no secret, whatever stands before them.
    if not link and (len(value) >= _LONG or not value.isalpha()):
        link = _announced(match)
    longest = max(map(len, MIXED.findall(TECHNICAL.sub("", value))), default=0)
    if not link:
        # Where another script ends and such a word begins, nothing else has to say what it is.
        least = _FOUR if _STRONG.search(value) else _SHORT + 2
        strong = match["word"] and (match["word"] > _LATIN or least == _FOUR) and longest >= least
        return longest >= _LONG or bool(strong or (match["word"] and _is_given(value, match)))
    if match["word"]:
        is_password = longest >= _SHORT or _is_password(value, link, match)
        return is_password and not FOLDER.fullmatch(value)
    return _is_key(value, longest, match)


def _is_key(value: str, longest: int, match: re.Match[str]) -> bool:
    said = match[0].lower()
    if said.startswith("cred") and (pair := _PAIR.fullmatch(value)):
        return is_made_up(pair["password"], _SHORT)
    if said.startswith(_BARE):
        named = _NAMED.search(match.string[max(0, match.start() - 20) : match.start()])
        return longest >= _LONG or bool(named and _UUID.fullmatch(value))
    if said.startswith("secret") and is_made_up(value, _SHORT + 2):
        return True
    return longest >= (_LONG if match["far"] else _SHORT + 2)


def _is_given(value: str, match: re.Match[str]) -> bool:
    """Whether a password follows its word at once and is all that is said of it."""
    if _STRONG.search(value) and is_made_up(value, _SHORT):
        return True
    before, end = match.string[max(0, match.start() - 24) : match.start()], match.start("value")
    around = match.string[end - 1], match.string[end + len(value) : end + len(value) + 1]
    if around in {("'", "'"), ('"', '"')} and is_made_up(value, _SHORT + 2):
        return True
    return bool(
        GIVING.search(before)
        and GIVEN.match(match.string, end + len(value))
        and is_made_up(value, _SHORT + 2)
    )


def _announced(match: re.Match[str]) -> str:
    """What stands before the label or behind the value and says as well as a link what it is."""
    found = ANNOUNCING.search(match.string[max(0, match.start() - 64) : match.start()])
    found = found or ANNOUNCED.match(match.string, match.end())
    return found[0] if found else ""


def _names_app(match: re.Match[str]) -> bool:
    """Whether the label is that of an app password, which has always sixteen letters."""
    return match.string[max(0, match.start() - 4) : match.start()].lower() in {"app ", "app-"}


def _is_password(value: str, link: str, match: re.Match[str]) -> bool:
    """Whether a password without a long run of letters and digits is one nevertheless."""
    # Of the name of a setting nobody says in one word of sixteen letters how it is.
    setting = match.string[match.start() - 1 : match.start()] == "_" and match["word"].isupper()
    return bool(
        SYMBOL.search(value)
        or _JOINED.fullmatch(value)
        # In Spanish it is also any code.
        or (match["word"].lower() != "clave" and is_made_up(value, _SHORT))
        or (link == "=" and value.replace("-", "").isalpha())
        or (setting and _SIXTEEN.fullmatch(value))
    )
