"""What tells a detail of planned work from a mere remark, as signs that can be learned from."""

from collections.abc import Iterator

from outfitter.core.words.details import is_detail
from outfitter.core.words.grams import grams, spoken
from outfitter.core.words.lexicon import is_statement
from outfitter.core.words.wishes import is_request

# Two words that follow each other say as much as three do.
_LONGEST_GRAM = 2
_MOST_COUNTED, _STEP = 30, 4


def signs_in(text: str) -> Iterator[str]:
    """The words of a text and each two that follow each other, how it reads, and its length."""
    said = ["9" if one.isdigit() else one for one in spoken(text.lower())]
    length = min(_MOST_COUNTED, len(said)) // _STEP
    by_rule = is_detail(text)
    yield from grams(["<", *said, ">"], _LONGEST_GRAM)
    yield f"detail {by_rule}"
    yield f"detail {by_rule} {length}"
    yield f"length {length}"
    yield f"request {is_request(text)}"
    yield f"statement {is_statement(text)}"
    yield f"name {any(map(str.isupper, text[1:]))}"
