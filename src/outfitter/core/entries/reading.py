"""What the readers of foreign documents do alike."""

import re
from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from outfitter.core.catalogue import LONGEST_NAME, Access, Input
from outfitter.core.errors import BadCatalogue
from outfitter.core.words.text import WORD, dashed

_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_UNTELLING = ("mcp", "server", "mcp-server")
_STREAMED = "streamable-http"
# Where the validator speaks of its own workings.
_PLAINLY = {
    "dict_type": "Input should be an object",
    "model_type": "Input should be an object",
    "tuple_type": "Input should be a list",
}


class Part(BaseModel):
    """A part of a foreign document; what we do not know in it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _spelt(value: object) -> object:
    return as_text(value) if isinstance(value, bool | int | float) else value


# A text, or a number or a switch in its place: a program is given text in the end.
Said = Annotated[str, BeforeValidator(_spelt)]


def transport(said: object) -> object:
    """The official word for how a hosted server is spoken to, however its entry spells it.

    >>> transport("http"), transport("streamableHttp"), transport("SSE"), transport("pigeon")
    ('streamable-http', 'streamable-http', 'sse', 'pigeon')
    """
    plain = re.sub(r"[-_ ]", "", said).lower() if isinstance(said, str) else said
    known = {"http": _STREAMED, "streamablehttp": _STREAMED, "sse": "sse"}
    return known.get(plain, said) if isinstance(plain, str) else said


def complaint(error: ValidationError) -> str:
    """Which fields are wrong and why, without repeating their values."""
    return "; ".join(
        f"{'.'.join(str(part) for part in one['loc']) or 'the document'}: "
        f"{_PLAINLY.get(one['type'], one['msg'])}"
        for one in error.errors(include_url=False, include_input=False)[:5]
    )


def as_text(value: object) -> str:
    """A number, a switch or nothing as YAML and JSON write it, and a text as it is.

    >>> as_text(True), as_text(0.5), as_text(None)
    ('true', '0.5', '')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def input_key(name: str) -> str:
    """The input key for an argument's, header's or variable's name.

    >>> input_key("--access-token")
    'ACCESS_TOKEN'
    """
    key = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    if not _KEY.fullmatch(key):
        raise BadCatalogue(f"{name or 'an argument without a name'}: no input can have such a name")
    return key


def in_words(name: str) -> str:
    """What the name of an argument, header or variable says, where nothing else tells of it.

    >>> in_words("LANGFUSE_SECRET_KEY"), in_words("--access-token")
    ('Langfuse secret key', 'Access token')
    """
    return " ".join(WORD.findall(name)).capitalize() or name


def with_choices(described: str, choices: Iterable[object]) -> str:
    """The description with the values that there are to choose from.

    >>> with_choices("The region.", ("eu", "us")), with_choices("The region", ())
    ('The region: one of eu, us', 'The region')
    """
    listed = ", ".join(map(str, choices))
    return f"{described.rstrip(' .:')}: one of {listed}" if listed else described


def way_in(inputs: Collection[Input], *, signs_in: bool) -> Access:
    """How a user gets in: by what must be given, else by a sign-in where there is one."""
    needed = [one for one in inputs if one.must_be_given]
    if any(one.format == "filepath" for one in needed):
        return Access.FILE
    if needed:
        return Access.PASTE
    return Access.SIGN_IN if signs_in else Access.OPEN


def short_name(name: str) -> str:
    """The catalogue name for an official one.

    >>> short_name("io.github.someone/Weather_Map"), short_name("com.notion/mcp")
    ('weather-map', 'notion')
    """
    namespace, _, own = name.rpartition("/")
    return name_of(own if own.lower() not in _UNTELLING else namespace.rpartition(".")[2] or own)


def name_of(text: str) -> str:
    """The catalogue name for what people call a server; empty if it has no letter we can write.

    >>> name_of("Büro A/B"), name_of("天气")
    ('buro-a-b', '')
    """
    return dashed(text).strip("-")[:LONGEST_NAME].strip("-")


def with_tail(name: str, tail: str) -> str:
    """The catalogue name with a tail that no other has, cut so that both fit.

    >>> with_tail("a-package-of-a-long-name", "2")
    'a-package-of-a-long-na-2'
    """
    return f"{name[: LONGEST_NAME - 1 - len(tail)].rstrip('-')}-{tail}"
