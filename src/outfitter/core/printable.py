"""The part of somebody else's text that may be shown."""

import re
from unicodedata import category

from outfitter.core.secrets import redact, removed

# Control characters, those that are not seen, and halves of characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Control characters, halves of characters, and what else ends a line.
_OF_NO_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# The joiners are not seen either, but scripts and emoji need them.
_KEPT = frozenset("\t\u200c\u200d")
# Between letters of ours they join nothing.
_JOINING_NOTHING = re.compile(r"(?<=[!-~])[\u200c\u200d]+(?=[!-~])")
# No name is written so: with digits, and in both cases or with signs.
_VALUE = re.compile(
    r"(?=[!-~]{6,}\Z)(?=\D*\d)(?:(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])|[^!@#$%^&*+=?~|]*[!@#$%^&*+=?~|]).*"
)
# Where Markdown would begin a link, a picture or HTML.
_ACTING = re.compile(r"(?<=\])(?=[(\[:])|(?<=<)(?=[A-Za-z/!?])")


def printable(text: str) -> str:
    r"""The text without the characters that steer a terminal or turn its direction.

    >>> printable("Re\x1b[2Jd \u202eback")
    'Re[2Jd back'
    """
    return "".join(char for char in text if char.isprintable())


def line(text: str, most: int) -> str:
    r"""The printable text in one line of at most so many characters.

    >>> line("One\n\ntwo", 5)
    'One t'
    """
    return printable(" ".join(text.split()))[:most].strip()


def visible(text: str) -> str:
    r"""The text in its own lines, without what nobody sees in it: whoever reads it reads the same.

    >>> visible("Save\u200b it\U000e0061\x1b\r\nnow")
    'Save it\nnow'
    """
    return "\n".join(one if one.isprintable() else _seen(one) for one in text.splitlines())


def fits_a_line(text: str) -> bool:
    r"""Whether a line can hold it all: no line ends in it, and nothing steers who reads it.

    >>> fits_a_line("p w"), fits_a_line("p\tw"), fits_a_line("p\u2028w")
    (True, False, False)
    """
    return text.isprintable() or not any(category(one) in _OF_NO_LINE for one in set(text))


def _seen(text: str) -> str:
    seen = "".join(one for one in text if one in _KEPT or category(one) not in _UNSEEN)
    return _JOINING_NOTHING.sub("", seen)


def named(text: str) -> str:
    """A name from outside, made safe to repeat: a value may stand where its name should.

    >>> named("NOTION_TOKEN"), named("Kiesel-See-3")
    ('NOTION_TOKEN', '[secret removed: secret]')
    """
    return removed("secret") if _VALUE.fullmatch(text) else redact(text).text


def inert(text: str) -> str:
    """The text without what Markdown would take for a link, a picture or HTML.

    >>> inert("![one](https://a.example) <b>")
    '![one] (https://a.example) < b>'
    """
    return _ACTING.sub(" ", text)
