"""The `.env` of an agent, and the example to fill in: a quoted line for each value.

Shells and dotenv readers read it alike.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from outfitter.core.agent import AgentSpec
from outfitter.core.equipping.requirements import Credentials
from outfitter.core.equipping.template import fits_address, is_part_of_address
from outfitter.core.errors import Refused
from outfitter.core.printable import fits_a_line
from outfitter.core.rendering.fitting import Fitted, fitted
from outfitter.core.words.text import one_line


def render(spec: AgentSpec, values: Credentials) -> str:
    """The lines `MCP_SERVER_KEY='value'` of the values by server and key that the agent reads.

    What is a part of an address is percent-encoded, so that it stays one part.
    Raises Refused, without showing it, for a value that no line can hold.
    """
    lines = [
        f"{name}={quoted(_carried(one, name, value))}\n"
        for one in fitted(spec)
        for name, asked in one.asked.items()
        if (value := values.get(one.server.name, {}).get(asked.key)) is not None
    ]
    return "".join(lines)


def example(servers: tuple[Fitted, ...]) -> str:
    """The text of .env.example: every variable, empty, under how to get its value."""
    return "\n".join(("# The model's own key.\n# ANTHROPIC_API_KEY=''\n", *_variables(servers)))


def quoted(value: str) -> str:
    """The value in quotes that a shell, uv and python-dotenv take off again.

    >>> print(quoted("p$w"), quoted("it's"))
    'p$w' "it's"
    """
    # Readers differ in what a backslash means between single quotes, but only before these.
    if "'" not in value and "\\\\" not in value and not value.endswith("\\"):
        return f"'{value}'"
    if not set("$`") & set(value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    # Where no form suits every reader, the shell's own is what uv reads too.
    return "'" + re.sub(r"(['\\])", r"'\\\1'", value) + "'"


def _carried(one: Fitted, name: str, value: str) -> str:
    """The value as its variable has to hold it."""
    key = one.asked[name].key
    if not fits_a_line(value) or "${" in value:
        raise Refused(
            f"The {key} of {one.server.title} holds a character that a .env cannot carry."
        )
    if not fits_address(one.server, key, value):
        raise Refused(f"The {key} of {one.server.title} may hold letters, digits, - and . only.")
    return quote(value, safe="") if is_part_of_address(one.template, name) else value


def _variables(servers: tuple[Fitted, ...]) -> Iterator[str]:
    for one in (one for one in servers if one.asked):
        steps = [f"{number}. {step}" for number, step in enumerate(one.server.steps, 1)]
        lines = [one.server.title, *steps]
        lines += [one.server.obtain_url] if one.server.obtain_url else []
        yield "".join(f"# {one_line(line)}\n" for line in lines) + "".join(_values(one))


def _values(one: Fitted) -> Iterator[str]:
    for name, asked in one.asked.items():
        where = asked.obtain_url if asked.obtain_url != one.server.obtain_url else None
        example = f"like {asked.example}" if asked.example else None
        told = [part for part in (one.told(name), example, where) if part]
        yield f"# {one_line('; '.join(told))}\n{name}=''\n"
