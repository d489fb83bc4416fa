"""What a server is found by: the texts that are embedded, and all that it says of itself."""

import re

from outfitter.core.catalogue import Server

_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-./]+")


def texts_of(server: Server) -> tuple[str, ...]:
    """What is embedded for a server: its name, what it does, and each of its tools.

    The server's own vector is made of the first two: a name says almost as much as a description
    does, and would be lost beside a long one.
    """
    tools = [
        f"{server.title} {tool.name.replace('_', ' ')}: {tool.description}" for tool in server.tools
    ]
    return _parted_name(server.title), server.description or server.title, *tools


def told_by(server: Server) -> str:
    """Everything that a server says of itself and its tools, a line for each thing."""
    tools = [f"{tool.name.replace('_', ' ')} {tool.description}" for tool in server.tools]
    names = (server.title, server.service, *server.aliases, *server.keywords)
    return "\n".join((*names, server.description, *tools))


def _parted_name(name: str) -> str:
    """A name as its words, however it joins them.

    >>> _parted_name("RecipeFinder_pro"), _parted_name("Google Sheets")
    ('Recipe Finder pro', 'Google Sheets')
    """
    return " ".join(_JOINT.sub(" ", name).split()) or name
