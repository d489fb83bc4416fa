"""Well-known apps, so that one which no server works with is not mistaken for another."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import repeat

from outfitter.core.catalogue import Server
from outfitter.core.finding.app_names import NAMES, WORDS
from outfitter.core.finding.searchable import told_by
from outfitter.core.words.lexicon import DAYS, GENERIC
from outfitter.core.words.phrases import CALLED
from outfitter.core.words.text import stem, stems, terms, words

APPS = (*NAMES, *WORDS)
_TWEET = r"\b(?:re)?tweet(?:s|ed|ing)?\b"
# Of X one letter has to do: it is an app behind such a word, and not in "X-ray" or "Series X".
_BEFORE_X = "on to from via into and or my our use drop skip forget without not ,".split()
_X = re.compile(
    rf"(?:{'|'.join(rf'(?<={one} )' for one in _BEFORE_X)}|(?<=/))X\b(?![-'\w]| ax[ei]s)"
)
# A word in capitals alone is more often a kind of thing: SMS, CRM.
_PUT_FORWARD = re.compile(
    r"\b(?i:use|take|try|prefer|(?:replace|swap|exchange|change|switch|move|migrate)"
    r" .{1,40}? (?:with|by|for|to)) (?:(?i:our|the|my) )?"
    r"(?P<name>[A-Z]\w*[a-z]\w*(?: [A-Z]\w+)*)"
)
# Two words run together by a capital name a product, but for what work is done in or with.
_RUN_TOGETHER = re.compile(
    r"\b(?!(?:(?:Java|Type|Coffee|Post)Script|Dev(?:Ops|Tools)|Mac[A-Z]\w+|AirPods)\b)"
    r"[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+\b"
)
# Work is done on, into or via an app, whose name has a capital of its own.
_WORKED_WITH = re.compile(
    r"(?<=\w )(?:on|into|via) (?:(?:my|our) )?(?P<name>[A-Z][a-z]{3,})"
    r"(?=\s*(?:$|[.,;:!?)])|\s+(?:and|or|but|then|so|if|when|whenever|every|each|at|for|from|to|"
    r"with|as|please|instead|too)\b)"
)
_NO_APP = DAYS | stems(
    "january february march april may june july august september october november december "
    "christmas easter thanksgiving halloween english french german spanish italian dutch "
    "portuguese polish russian chinese mandarin japanese korean arabic hindi turkish swedish "
    "danish norwegian finnish greek czech ukrainian latin hebrew android linux windows macos "
    "ubuntu debian earth mars moon venus jupiter broadway wall ethereum solana bitcoin polygon "
    "python java rust react celsius fahrenheit markdown europe asia africa america".split()
)
# Who places ads in an app cannot post there, and who looks after its posts places no ads.
_ADS = " Ads"
_ADVERTISING = re.compile(r"(?: (?:and|or|&) \w+)? (?:ads?|advert\w*|campaigns?)\b", re.IGNORECASE)
_ADVERTISED = re.compile(r"\b\w++(?:(?: and| or|,) \w++)? (?=ads?\b|advert)", re.IGNORECASE)
# Where no case is looked at, four letters are the same as one of ASCII.
_UNSEEN = str.maketrans("\u0130\u0131\u017f\u212a", "iisk", " .")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w+")
# In words: no app has a longer name.
_LONGEST = max(len(_WORD.findall(one)) for one in APPS)
_PLAIN = frozenset(WORDS)


def _together(name: str) -> str:
    """A name as one word, however it is written."""
    return re.sub(r"\W", "", name).lower()


# Each app by its name as it is written, and by that in one word.
_CALLED = {form: one for one in APPS for form in (one.lower(), _together(one))}
_FIRST = frozenset(_WORD.findall(one)[0] for one in _CALLED)


def apps_in(text: str) -> tuple[str, ...]:
    """The apps that a text names, each once, as they write themselves.

    What is written as "CampBrain" is one too, well-known or not, and so is "Bitvavo" in "buy on
    Bitvavo".

    >>> apps_in("post my tweets and instagram pictures to Slack on a workday")
    ('Twitter', 'Instagram')
    """
    told = CALLED.sub("", text)
    known = [app for _, app in sorted((*_known(told), *_tweets(told)))]
    placed = (one for one in _WORKED_WITH.findall(told) if stem(one.lower()) not in _NO_APP)
    other = (one for one in (*_RUN_TOGETHER.findall(told), *placed) if one.lower() not in _CALLED)
    return tuple(dict.fromkeys((*known, *other)))


def _known(text: str) -> Iterator[tuple[int, str]]:
    """Each well-known app that a text names, with where; of names that overlap the first."""
    places = [one.span() for one in _WORD.finditer(text)]
    covered = 0
    for at, (start, first) in enumerate(places):
        if start < covered or text[start:first].lower() not in _FIRST:
            continue
        for _, end in reversed(places[at : at + _LONGEST]):
            if app := _called(text[start:end]):
                covered = end
                yield start, _or_its_ads(app, text, end)
                break


def _called(said: str) -> str | None:
    app = _CALLED.get(said.lower())
    return app if app not in _PLAIN or said == app else None


def _tweets(text: str) -> Iterator[tuple[int, str]]:
    for app, pattern in (("Twitter", _said(("Twitter",))), ("X", _X)):
        for one in pattern.finditer(text):
            yield one.start(), _or_its_ads(app, text, one.end())


def _or_its_ads(app: str, text: str, end: int) -> str:
    """The app, or its ads where the text goes on to speak of these."""
    ads = _ADVERTISING.match(text, end) and not app.endswith(_ADS)
    return f"{app}{_ADS}" if ads else app


def knows(server: Server, apps: Iterable[str]) -> bool:
    """Whether a server speaks of any of these apps, and not only of its ads."""
    return _Telling(server).names(apps)


class _Telling:
    """What a server says of itself, put together once it is asked for."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def names(self, apps: Iterable[str]) -> bool:
        """Whether it speaks of any of these apps, and not only of its ads."""
        found = [one for one in apps if self._may_name(one) and _said((one,)).search(self._told)]
        return any(
            one.endswith(_ADS) or _said((one,)).search(_ADVERTISED.sub(" ", self._told))
            for one in found
        )

    def _may_name(self, app: str) -> bool:
        """Whether the letters of its name are there, which is told much faster than the name."""
        return app == "Twitter" or _letters(app) in self._letters

    @cached_property
    def _told(self) -> str:
        return told_by(self._server)

    @cached_property
    def _letters(self) -> str:
        return _letters(self._told)


def unknown_apps(
    text: str, servers: Sequence[Server], told: Sequence[Container[str]] | None = None
) -> tuple[str, ...]:
    """The apps that a text names and none of the servers speaks of.

    `told` has for each server the stems of what it says of itself, where they are at hand: most
    need not be read then.
    """
    tellings = map(_Telling, servers)
    known = list(zip(tellings, repeat(None) if told is None else told, strict=told is not None))
    return tuple(
        app
        for app in apps_in(text)
        if not any(
            (held is None or _may_name(held, app)) and telling.names((app,))
            for telling, held in known
        )
    )


def without_unknown(text: str, servers: Sequence[Server], told: Sequence[Container[str]]) -> str:
    """A text without the apps that none of the servers speaks of: their names say nothing else.

    >>> without_unknown("post the CampBrain games", [], [])
    'post the   games'
    """
    apps = unknown_apps(text, servers, told)
    return _said(apps).sub(" ", text) if apps else text


def newcomers(text: str, servers: Sequence[Server]) -> tuple[str, ...]:
    """The names that a text puts in the place of something and no server has, as it writes them.

    >>> newcomers("use Lexware instead of a Spreadsheet", [])
    ('Lexware',)
    """
    known = GENERIC | DAYS | stems(word for one in servers for word in words(told_by(one)))
    found = (one["name"] for one in _PUT_FORWARD.finditer(text))
    return tuple(dict.fromkeys(one for one in found if not known & stems(words(one))))


def _letters(text: str) -> str:
    """A text as a pattern sees it that looks at no case, spaces and dots."""
    return text.translate(_UNSEEN).lower()


def _may_name(held: Container[str], app: str) -> bool:
    """Whether a text of these stems can hold the name, which takes much longer to look for."""
    return any(all(one in held for one in form) for form in _stems_of(app))


@lru_cache(maxsize=1024)
def _stems_of(app: str) -> tuple[tuple[str, ...], ...]:
    """The stems of each form in which an app's name is written."""
    together = _together(app)
    forms = (app, together, "tweet", "retweet") if app == "Twitter" else (app, together)
    return tuple(terms(one) for one in forms)


@lru_cache(maxsize=256)
def _said(apps: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of these apps in a text."""
    names = "|".join(_written(one) for one in apps if one not in _PLAIN)
    words = "|".join(one for one in apps if one in _PLAIN)
    forms = [rf"(?i:\b(?:{names})\b)" if names else "", rf"\b(?:{words})\b" if words else ""]
    forms.append(f"(?i:{_TWEET})" if "Twitter" in apps else "")
    return re.compile("|".join(one for one in forms if one))


def _written(app: str) -> str:
    if _together(app) not in _CALLED:
        return f"{_HUMP.sub(' ?', app)}s?"
    return re.escape(app).replace(r"\ ", " ?").replace(r"\.", r"\.?")
