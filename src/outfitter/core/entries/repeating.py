"""Arguments that may be given several times, each with a value of its own."""

from outfitter.core.catalogue import Input, Place
from outfitter.core.entries.reading import input_key
from outfitter.core.placeholder import PLACEHOLDER, placeholder

_MOST = 3

Inputs = dict[str, Input]


def repeated(words: list[str], inputs: Inputs) -> list[str]:
    """The words of an argument, and the same again with further values, which may be left out.

    A word of a command holds one value, so each further value needs words of its own.
    """
    asked = {key for word in words for key in PLACEHOLDER.findall(word)} & inputs.keys()
    done = list(words)
    for number in range(2, _MOST + 1) if asked else ():
        further = {key: _further(inputs[key], number) for key in sorted(asked)}
        if any(one.key in inputs for one in further.values()):
            break
        inputs |= {one.key: one for one in further.values()}
        done += [_about(word, further) for word in words]
    return done


def _further(one: Input, number: int) -> Input:
    update = {
        "key": input_key(f"{one.key} {number}"),
        "place": Place.ARG,
        "description": f"One more, if wanted: {one.description}",
        "required": False,
        "default": None,
    }
    return one.model_copy(update=update)


def _about(word: str, further: Inputs) -> str:
    return PLACEHOLDER.sub(
        lambda hit: placeholder(further[hit[1]].key) if hit[1] in further else hit[0], word
    )
