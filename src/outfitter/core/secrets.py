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
    VENDOR,
    is_random,
    kind_of,
)
from outfitter.core.secret_places import placed

_STEMS = (
    *("key", "token", "secret", "pass", "pw", "bearer", "basic", "kennwort"),
    *("contrase", "clave", "密码", "cred", "cookie", "sig"),
)
# In escaped text each quote has a backslash in front, in escaped text inside it two.
_QUOTES = r"[\"'`*\\]{0,4}"
_VALUE = (
    r"(?:\s(?:for|to|of|on|fürs?|zum?|para|de|do|pour|di|per|voor|от|для)(?:\s\w{1,20}){1,3}?"
    r"|\s(?:i|we)(?:\s[a-z]{1,12}){1,2}?)?"
    rf"(?P<link>{_QUOTES}\s{{0,3}}(?::?=>?|[:|\u2013\u2014\u2192\uff1a]|->|(?<=\s)-\s|['\u2019]s\b"
    r"|是|は|[는은]|है|(?:ของ[\u0e00-\u0e7f]{1,20}?)?คือ|%3[ad]|(?<=[a-z])>(?=[^\s<>]{6})"
    r"|\b(?:is|are|was|(?:will|should)\sbe|ist|lautet|es|est|è|é)\b)[\s:*]{0,8}"
    r"|\s{1,3}(?=\S{8}|[\"'`(]{0,2}[a-z]{4}\s[a-z]{4}\s[a-z]{4}\s[a-z]{4}))"
    r"[\"'`(\\]{0,4}(?P<value>(?P<six>[a-z0-9]{4}(?:\s[a-z0-9]{4}){5}(?![a-z0-9]))"
    r"|(?P<four>[a-z]{4}(?:\s[a-z]{4}){3}(?![a-z]))|[^\s\"'`<>]{6,512}+)"
)
_LABEL = re.compile(
    # Where no label can begin is seen from one letter.
    r"(?=[abckmprst密])(?:(?P<word>(?<![a-z])(?:passwor(?:ds?|t)|passwd|passphrase|passcode|pwd?|kennwort"
    r"|contraseña|clave|mot\sde\spasse|密码|pass(?=\s{0,2}[=:|]|\s(?:is|was)\b))"
    r"|(?-i:(?<=[a-z])Password))"
    r"|(?:(?<![a-z])(?:tokens?|secrets?|keys?|bearer|cred(?:ential)?s?|cookies?)"
    r"|authorization\W{1,4}basic"
    r"|(?-i:(?<=[a-z])(?:Token|Secret|Key))|(?<=[?&-])sig(?:nature)?(?==)"
    r"|api[ _-]?key|access[ _-]?(?:key|token)"
    r"|(?:auth|bot|refresh)[ _-]?token|(?:secret|account|auth)[ _-]?key|client[ _-]?secret))"
    + _VALUE,
    re.IGNORECASE,
)
# What a password and a key are called where neither English nor the words above are spoken.
_PASSWORDS = (
    *"senha wachtwoord lösenord hasło haslo şifre şifrem sifre parola пароль パスワード".split(),
    *"비밀번호 密碼 口令 heslo jelszó adgangskode passord salasana κωδικός סיסמה mdp psw".split(),
    *"पासवर्ड कूटशब्द รหัสผ่าน พาสเวิร์ด รหัสลับ".split(),
    *("zugangscode", "geheimwort", "كلمة المرور", "mật khẩu", "kata sandi"),
)
_KEYS = (
    *"schlüssel zugangsschlüssel api-schlüssel clé jeton chiave chave llave".split(),
    *"токен ключ トークン 令牌 密钥 टोकन कुंजी โทเค็น โทเคน คีย์ลับ คีย์".split(),
)
_ELSEWHERE = (*_PASSWORDS, *_KEYS, "รหัส")
_LABEL_ELSEWHERE = re.compile(
    # The Thai word for a code is that for a password too where it stands alone.
    rf"(?<![a-zà-ÿ])(?:(?P<word>{'|'.join(_PASSWORDS)}|รหัส(?=\s{{0,2}}[:=]))"
    rf"|(?:{'|'.join(_KEYS)})(?:\s(?:secr\w{{2,4}}|(?:d['\u2019]|d[aeo]\s)?api))?)"
    r"(?:[\u0e00-\u0e7f]{1,20}+(?=\s)|\s(?:मेरा|यह|तो)(?=\s))?" + _VALUE,
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"(?<!\S)[\"'`(]?(?P<value>[^\s\"'`<>()]{6,512}+)[\"'`)]?(?P<link>\s(?:is|was|ist|es|est)\s)"
    r"(?:my|our|the|mein|das|mi|la|mon|le)\s(?:[\w-]{1,20}\s){0,2}?"
    r"(?P<word>passwor[dt]|passphrase|kennwort|contraseña|mot\sde\spasse)\b"
    # The manager, list or sheet of passwords has a name, and is none.
    r"(?=\s*[.,;:!?)]|\s*(?:\n|\Z)|\s(?:for|to|of|on|and|für|zu|und|para|de|y|pour|et|please)\b)"
    r"(?P<six>(?!))?(?P<four>(?!))?",
    re.IGNORECASE,
)
# A flag of a command, or the name of a user, after which a password stands without a word between.
_ANNOUNCING = re.compile(
    r"(?:(?<!\S)--?[\w-]{0,30}"
    r"|\b(?:user(?:name)?|login|benutzer(?:name)?|usuario)\W{1,3}[^\s]{1,64}\s(?:and\s)?)\Z",
    re.IGNORECASE,
)
# In Hindi what says so stands behind the value.
_ANNOUNCED = re.compile(r"[\"'`]?\s(?:है|hai\b)")
_BARE = ("key", "schlüssel", "clé", "chiave", "chave", "llave", "ключ")
_NO_CREDENTIAL = frozenset(
    "cache primary foreign sort partition issue object public idempotency composite unique answer "
    "hash csrf lookup map dictionary json csv column row".split()
)
_JOINED = re.compile(r"(?=[A-Za-z-]*[0-9])[A-Za-z0-9]{4}(?:-[A-Za-z0-9]{4}){3,5}")
_STRONG = re.compile(r"[A-Za-z0-9][!@#$%^*]+[A-Za-z0-9]")
_SIXTEEN = re.compile(r"[a-z]{16}")
_EVERYDAY = frozenset(
    "that this with have from they what when will need your been were also just only then them "
    "make here must some want know like more very same used uses sent kept held left lost most "
    "each once into even long than does none gone next".split()
)
_CLOSING = ".,;:)]}>»\u201d\u2019\\"
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
    for one in sorted(
        (*_known(text, known), *_all(text)), key=lambda found: (found.start, -found.end)
    ):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = replace(kept[-1], end=one.end)
    return tuple(kept)


def redact(text: str, known: Iterable[str] = ()) -> Redacted:
    """The text with each secret replaced by what it was.

    >>> redact("use ntn_" + "a1B2" * 10 + " please").text
    'use [secret removed: Notion token] please'
    """
    found = find(text, known)
    parts: list[str] = []
    at = 0
    for one in found:
        parts += text[at : one.start], f"[secret removed: {one.kind}]"
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
    if "-u" in text:
        yield from _with_user(IN_COMMAND, text)
    lower = text.lower()
    yield from (Found("password", *at) for at in placed(text, lower))
    if "basic" in lower:
        yield from _basic(text)
    if any(stem in lower for stem in _STEMS):
        yield from _by_label(_LABEL, text)
        yield from _by_label(_SAID_BEFORE, text)
    if any(word in lower for word in _ELSEWHERE):
        yield from _by_label(_LABEL_ELSEWHERE, text)


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
        return longest >= _LONG or bool(strong)
    if match["word"]:
        is_password = longest >= _SHORT or _is_password(value, link, match)
        return is_password and not FOLDER.fullmatch(value)
    bare = match[0].lower().startswith(_BARE)
    return longest >= (_LONG if bare else _SHORT + 2)


def _announced(match: re.Match[str]) -> str:
    """What stands before the label or behind the value and says as well as a link what it is."""
    found = _ANNOUNCING.search(match.string[max(0, match.start() - 64) : match.start()])
    found = found or _ANNOUNCED.match(match.string, match.end())
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
        or (link == "=" and value.isalpha())
        or (setting and _SIXTEEN.fullmatch(value))
    )
