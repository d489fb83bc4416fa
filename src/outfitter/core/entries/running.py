"""What a stranger's entry asks of its runner, and what in it nobody here can tell."""

import re
from collections.abc import Iterator

from outfitter.core.address import is_link
from outfitter.core.catalogue import RemoteTemplate, Server, StdioTemplate
from outfitter.core.entries.lint import INTERPRETERS, Complaint, unsafe
from outfitter.core.invocation import invocation
from outfitter.core.placeholder import PLACEHOLDER

# A runner's own flag can change what is fetched, or what of the machine it may touch.
_HARMLESS = {
    "npx": frozenset({"-y", "--yes"}),
    "bunx": frozenset({"--bun"}),
    "uvx": frozenset[str](),
    "docker": frozenset({"-i", "--interactive", "--rm", "-e", "--env", "-u", "--user"}),
}
_NO_NETWORK = ("--network", "none")
# By its number an interpreter is one of uv's own; a path would be anything.
_PYTHON = re.compile(r"--python=\d+(?:\.\d+){0,2}|-p=\d+(?:\.\d+){0,2}")


def complaints(server: Server) -> Iterator[Complaint]:
    """What is asked of the runner itself, or that nobody here can tell."""
    template = server.template
    if isinstance(template, StdioTemplate):
        yield from _started(template)
    else:
        yield from _reached(template)


def _reached(template: RemoteTemplate) -> Iterator[Complaint]:
    # What has no domain is in the network of whoever runs the agent.
    url = PLACEHOLDER.sub("x", template.url)
    if url.startswith("https://") and not is_link(url):
        yield unsafe("template.url", "leads to a host without a domain")


def _started(template: StdioTemplate) -> Iterator[Complaint]:
    if template.command in INTERPRETERS:
        return
    taken = invocation(template)
    if taken is None:
        yield unsafe("template.command", f"{template.command} may start anything")
        return
    for name, value in taken.flags:
        # Left out with an input nobody gave, such a value would make a flag of the next one.
        allowed = name in _HARMLESS[template.command] or (name, value) == _NO_NETWORK
        allowed |= template.command == "uvx" and bool(_PYTHON.fullmatch(f"{name}={value}"))
        if not allowed or (value or "").startswith("-"):
            yield unsafe("template.args", f"{name} is asked of {template.command}")
    if not any(_is_called(taken.program, one) for one in taken.packages):
        yield unsafe("template.args", f"no package is called {taken.program}")


def _is_called(program: str, package: str) -> bool:
    """Whether a program has the name of its package, or is a server by the words of it.

    >>> _is_called("notion-mcp", "@notionhq/notion-mcp-server@1.9.0"), _is_called("rm", "rm-mcp@1")
    (True, False)
    """
    if program == package or _letters(program) == _letters(_own_name(package)):
        return True
    words, known = (set(re.split(r"[-_.]", one.lower())) for one in (program, _own_name(package)))
    # Any other program of that name could be one of the machine.
    return "mcp" in words and len(words) > 1 and words <= known


def _own_name(package: str) -> str:
    """The name of a package without its version, its extras and whose it is.

    >>> _own_name("@notes/notes-mcp@1.2.3"), _own_name("notes_mcp[all]==1.2"), _own_name("notes")
    ('notes-mcp', 'notes_mcp', 'notes')
    """
    return re.split(r"(?<=.)[@\[=<>!~]", package)[0].rpartition("/")[2]


def _letters(name: str) -> str:
    return re.sub(r"[-_.]", "", name.lower())
