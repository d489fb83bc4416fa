"""Whether a text is in another language than the one that is understood best."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the my our your you to of and for with that this when if is are it what from by have has does "
    "not be can get should would will every each who how there they them his their want need "
    "please".split()
)
# Of German, Spanish, French, Italian and Portuguese: words that stand in almost every sentence.
_ABROAD = frozenset(
    "ich mir mich der das und wenn jeden mein meine ein eine ist wir uns bitte dem den que para "
    "cada los las una mis cuando por el del les des une quand mon mes pour chaque est je sur ogni "
    "quando che il gli mio mia sono um uma meu minha".split()
)


def is_foreign(text: str) -> bool:
    """Whether more words of a text speak for another language than for English.

    >>> is_foreign("Jeden Freitag schreib den Eltern"), is_foreign("Write to José every Friday")
    (True, False)
    """
    told = _WORD.findall(text.lower())
    foreign = sum(word in _ABROAD or not word.isascii() for word in told)
    return foreign > sum(word in _ENGLISH for word in told)
