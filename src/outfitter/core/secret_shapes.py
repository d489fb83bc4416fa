"""Secrets by the shape of what they stand in: an address, a table, a list of words or codes."""

import re
from collections.abc import Callable, Iterator

from outfitter.core.secret_formats import DUMMY, IDENTIFIER, MIXED, SYMBOL, is_made_up
from outfitter.core.secret_labels import GIVEN, PASSWORD
from outfitter.core.secret_places import beginning

_SHORT, _RANDOM = 6, 16
_ISSUED = r"(?:(?:[\w-]{1,20}[ _-])?(?:secret|token|api[ _-]?key|access[ _-]?key|secret[ _-]?key))"
# Addresses that are keys themselves: whoever has one may send to it, or read what it shows.
_ADDRESS = re.compile(
    r"(?:hooks\.zapier\.com/hooks/(?:catch|standard)/\d{1,12}/"
    r"|maker\.ifttt\.com/trigger/[^\s/]{1,64}/(?:json/)?with/key/"
    r"|office(?:365)?\.com/webhook(?:b2)?/|/calendar/ical/[^\s/]{1,128}/private-)"
    r"(?P<value>[^\s\"'`<>?#)\]]{6,512}+)",
    re.IGNORECASE,
)
# Where another service listens, the last part of the path is known to nobody else.
_HOOK = re.compile(
    r"://(?:hooks?\.[^\s?#/]{1,128}+/(?:[^\s?#/]{1,64}/){0,3}?|[^\s?#]{1,128}?/(?:web)?hooks?/(?:in(?:coming)?/)?)"
    r"(?P<value>(?=[^\s?#/]{0,64}[0-9])[A-Za-z0-9]{24,128}+)(?![^\s?#])"
)
_PARAMETER = re.compile(
    r"[?&](?:code|auth|jwt|ticket|sid|session(?:id)?|sso|magic|invite)=(?P<value>[\w.~%+-]{24,1024}+)"
)
_COOKIES = re.compile(r"cookies?[\"']?\s{0,2}[:=]\s{0,2}(?P<all>[^\n]{8,4096}+)", re.IGNORECASE)
_COOKIE = re.compile(r"(?<![\w.-])[\w.-]{1,64}=(?P<value>[^\s;,\"']{8,1024}+)")
_COLUMN = re.compile(
    rf"(?:(?<![^\n])|[|,;\t])[ \"*`]{{0,4}}(?:(?P<personal>{PASSWORD})|{_ISSUED})"
    r"[ \"*`]{0,4}(?=[|,;\t\n])",
    re.IGNORECASE,
)
_RULER = re.compile(r"[\s|:+-]+")
_NAMED = re.compile(
    rf"(?:name|key|type)[\"']?\s{{0,2}}[:=]\s{{0,2}}[\"']?[\w.:-]{{0,40}}?(?:{PASSWORD}|{_ISSUED})[\"']?"
    r"[\s,;]{1,20}[\"']?value[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?P<value>[^\s\"'<>]{6,512}+)",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"\n[^\w\n]{{0,8}}{PASSWORD}\s?[:=]\s?[\"']?(?P<value>[^\s\"'<>]{{6,128}}+)"
    r"[\"']?[ \t]{0,8}(?=\r?\n|\Z)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\W{0,8}(?:user(?:name)?|login|e-?mail|account|host|server|benutzer(?:name)?|konto|usuario|usuária"
    r"|identifiant|utilisateur|utente|gebruiker|логин)[\"']?\s?[:=]\s?\S{1,128}\s{0,8}",
    re.IGNORECASE,
)
_PIPED = re.compile(
    r"(?:echo|printf)\s[\"']?(?P<value>[^\s\"'|]{6,512}+)[\"']?\s\|[^\n|]{1,160}--password-stdin"
)
_BESIDE_MAIL = re.compile(
    r"@[\w.-]{4,64}\s{0,2}[/,:|-]\s{0,2}(?P<value>[a-z]{4}(?:\s[a-z]{4}){3})(?![\w-]|\s[a-z])"
)
_APP_ID = re.compile(
    r"(?:app[ _-]?id|\bauth)(?:\sis)?[\s:=\"'`]{1,4}"
    r"(?P<value>[0-9a-f]{32}|[A-Z0-9]{6}-[A-Z0-9]{10})(?!\w)"
)
_WORDS = re.compile(
    r"(?:(?:recovery|seed|backup|wallet|secret|mnemonic)[ -](?:(?:recovery|seed)[ -])?"
    r"(?:phrase|words?|seed)|seed(?:phrase)?|mnemonic|wiederherstellungs(?:phrase|wörter)|semilla|recuperaci[oó]n|récupération"
    r"|recuperação|recupero|herstelzin)(?:\s(?:for|of|für|de|para|pour|del)(?:\s\w{1,20}){1,2}?)?"
    r"(?:\s{0,2}[:=\n]|\s(?:is|are|ist|sind|laute[nt]|es|est|é|è)\b)[\s:\"'`*]{0,6}"
    r"(?P<value>(?:\d{1,2}[.):]?\s)?[a-z]{3,8}(?:[\s,]{1,3}(?:\d{1,2}[.):]?\s)?[a-z]{3,8}){11,23}+)"
    r"(?![a-z])",
    re.IGNORECASE,
)
# No list of such words has these, and hardly a sentence of a dozen words is without.
_OF_SENTENCES = re.compile(
    r"\b(?:the|and|are|for|from|was|has|not|but|our|your|who|der|die|das|und|los|las|les|des)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"passphrase[\"']?\s?[:=]\s?[\"'`]?(?P<value>[a-z]{3,12}(?:[ -][a-z]{3,12}){3,9})"
    r"(?=[\"'`]?[.!]?\s*(?:\n|\Z))",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"(?:backup|recovery|scratch|wiederherstellungs|sicherungs|ersatz)[ -]?codes?"
    r"(?:\s(?:for|für|of)\s\w{1,20})?\s?(?::|=|are|sind|is|ist)\s?"
    r"(?P<value>(?:[\s,;•*-]{0,4}(?=[a-z]{0,10}[0-9])[a-z0-9]{4,10}(?:-[a-z0-9]{4,10}){0,2}(?!\w)){1,16})",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"\bpin(?:\s(?:for|of|für|zum?|de|para|pour)(?:\s\w{1,20}){1,3}?)?"
    r"\s?(?::|=|\b(?:is|ist|lautet|es|est)\b)\s?(?P<value>\d{4,5}|\d{8})(?![\w.:/-]*\d|\s\w)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:changed|set|updated|geändert)\s(?:to|auf|in)\s[\"'`]?(?P<value>[^\s\"'`<>]{6,128}+)",
    re.IGNORECASE,
)
_WAS = re.compile(rf"\b{PASSWORD}\s(?:was|is|has\sbeen|got|wurde)\s(?:re)?\Z", re.IGNORECASE)
# What somebody means instead of the password or key that they wrote just before.
_CORRECTED = re.compile(
    r"\b(?:wait|sorry|actually|correction|i\smean|oops|rather|nein|quatsch|moment|halt|perd[oó]n|pardon"
    r"|wrong|scusa|desculpa|nee)\b[\s,.!:;\u2013\u2014-]{1,4}"
    r"(?:(?:no|not|wait|sorry|actually|i\smean|it'?s|it\sis|that's|is|the|new|real|right|wrong|one|use|this|should|be"
    r"|es\sist|ist|es|c'est|è|é)[\s,:]{1,2}){0,6}"
    r"[\"'`]?(?P<value>[^\s\"'`<>]{6,512}+)",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    rf"\b(?:{PASSWORD}|{_ISSUED}|key)[\"'`*]{{0,3}}\s{{0,2}}"
    r"(?:[:=]|->|\u2192|(?:is|was|ist|lautet|es|est|è|é)\b)",
    re.IGNORECASE,
)
_CLOSING = ".,;:)]}>!?|*"
_FAR = 120

Span = tuple[int, int]
_Fits = Callable[[str, re.Match[str]], bool]


def shaped(text: str, lower: str) -> Iterator[Span]:
    """Where secrets stand that what is around them gives away; `lower` is the text made small."""
    for signs, pattern, fits in _SHAPES:
        for match in beginning(signs, pattern, text, lower):
            value = match["value"].rstrip(_CLOSING)
            if fits(value, match) and not DUMMY.fullmatch(value):
                yield match.start("value"), match.start("value") + len(value)
    if "cookie" in lower:
        yield from _cookies(text)


def _cookies(text: str) -> Iterator[Span]:
    for header in _COOKIES.finditer(text):
        for match in _COOKIE.finditer(text, *header.span("all")):
            if _is_random(match["value"]):
                yield match.span("value")


def columns(text: str) -> Iterator[Span]:
    """What stands below the word for a secret in the rows of a table."""
    done = 0
    for head in _COLUMN.finditer(text):
        if head.start() < done:
            continue
        begin, end = text.rfind("\n", 0, head.start() + 1) + 1, text.find("\n", head.end())
        if end < 0:
            return
        row = begin
        sign = next((one for one in "|\t;," if one in text[begin:end]), "")
        cells = text[begin:end].count(sign) if sign else 0
        place = text[begin : head.end()].count(sign) if cells else 0
        while cells and end >= 0:
            row, end = end + 1, text.find("\n", end + 1)
            line = text[row : end if end >= 0 else len(text)]
            if line.count(sign) != cells:
                break
            fits = _is_password if head["personal"] else _is_random
            yield from _cell(line, sign, place, row, fits)
        done = max(row, head.end())


def _cell(
    line: str, sign: str, place: int, row: int, fits: Callable[[str], bool]
) -> Iterator[Span]:
    before = line.split(sign)[:place]
    cell = line.split(sign)[place]
    value = cell.strip(" \"'`*\r")
    if fits(value) and not _RULER.fullmatch(value) and " " not in value:
        start = row + sum(len(one) + 1 for one in before) + cell.index(value)
        yield start, start + len(value)


def _is_password(value: str, _match: object = None) -> bool:
    if len(value) < _SHORT or DUMMY.fullmatch(value) or IDENTIFIER.fullmatch(value):
        return False
    mixed = any(len(run) >= _SHORT for run in MIXED.findall(value))
    return mixed or bool(SYMBOL.search(value)) or is_made_up(value, _SHORT)


def _is_corrected(value: str, match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _FAR) : match.start()]
    last = GIVEN.match(match.string, match.start("value") + len(value))
    return bool(last and _is_password(value) and _BEFORE_THAT.search(before))


def _is_random(value: str, _match: object = None) -> bool:
    return any(len(run) >= _RANDOM for run in MIXED.findall(value))


def _is_list(value: str, _match: object) -> bool:
    return not _OF_SENTENCES.search(value)


def _is_any(value: str, _match: object) -> bool:
    return len(value) > 1


def _is_below(_value: str, match: re.Match[str]) -> bool:
    above = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return bool(_NAME.fullmatch(above[:200]))


def _is_changed(value: str, match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 40) : match.start()]
    return _is_password(value) and bool(_WAS.search(before))


# The small letters with which what a pattern matches begins.
_SHAPES: tuple[tuple[tuple[str, ...], re.Pattern[str], _Fits], ...] = (
    (("hooks.zapier", "maker.ifttt", "office.com/webhook", "office365.com/webhook",
      "/calendar/ical/"), _ADDRESS, _is_any),
    (("://",), _HOOK, _is_any),
    (("?", "&"), _PARAMETER, _is_random),
    (("name", "key", "type"), _NAMED, _is_password),
    (("\n",), _BELOW, _is_below),
    (("echo ", "printf "), _PIPED, _is_password),
    (("@",), _BESIDE_MAIL, _is_any),
    (("app", "auth"), _APP_ID, _is_any),
    (("recovery", "seed", "backup", "wallet", "secret", "mnemonic", "wiederherst", "recup",
      "semilla", "récup", "herstel"), _WORDS, _is_list),
    (("passphrase",), _PHRASE, _is_list),
    (("backup", "recovery", "scratch", "wiederherst", "sicherungs", "ersatz"), _CODES, _is_any),
    (("pin",), _PIN, _is_any),
    (("changed ", "set ", "updated ", "geändert "), _CHANGED, _is_changed),
    (("wait", "sorry", "actually", "correction", "i mean", "oops", "rather", "nein", "quatsch",
      "moment", "halt", "wrong", "perd", "pardon", "scusa", "desculpa", "nee"),
     _CORRECTED, _is_corrected),
)  # fmt: skip
