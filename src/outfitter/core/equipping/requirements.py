"""Which credentials are still missing, and which of those brought cannot be taken."""

from collections.abc import Iterable, Mapping, Sequence

from outfitter.core.catalogue import Input, Server
from outfitter.core.equipping.formats import fits
from outfitter.core.equipping.template import fits_address
from outfitter.core.plan import Step
from outfitter.core.printable import fits_a_line, named, printable, visible
from outfitter.core.value import Value
from outfitter.core.words.text import words

_LONGEST_VALUE = 8192
_MOST_VALUES = 50
_LONGEST_NAME = 64
_LINE_ENDS = frozenset("\r\n\u2028\u2029\x85")
_SEVERAL = 2

# By server: the names of the values that are stored, and values that were brought, by name.
Stored = Mapping[str, frozenset[str]]
Credentials = Mapping[str, Mapping[str, str]]


class Requirement(Value):
    """A credential that only the user can bring, and how to get it."""

    mcp_server: str
    """The server that wants it: the outer name in `credentials`."""

    credential_key: str
    """The name of the value, such as `NOTION_TOKEN`: the inner name in `credentials`."""

    description: str
    """What it is, for the person who has to bring it."""

    instructions: tuple[str, ...]
    """Every step to get into the service, in order; the same for all values of a server."""

    obtain_url: str | None = None
    """The page where it is to be had; null if there is none."""

    secret: bool = True
    """Whether to hide it while it is typed; an address or a region is no secret."""


def missing(
    servers: Sequence[Server], stored: Stored, steps: Sequence[Step] = ()
) -> tuple[Requirement, ...]:
    """What is still to be asked, in the order of the servers and of their inputs, each once.

    Where a server has several ways in, the steps tell by their words which of them they need.
    """
    return tuple(
        _requirement(server, one)
        for server in {server.name: server for server in servers}.values()
        for one in _open_inputs(
            server, stored.get(server.name, frozenset()), _said_of(server, steps)
        )
    )


def out_of_reach(server: Server, stored: frozenset[str]) -> frozenset[str]:
    """The tools that a server does not have for want of the way in that they are called after."""
    ways = [(keys, subject) for keys, subject in _ways(server) if len(keys) > 1]
    named = {tool.name: frozenset(words(tool.name)) for tool in server.tools}
    subjects = frozenset().union(*(subject for _, subject in ways))
    # A word of the keys that no tool has, such as client, tells how to get in and not to what.
    if len(subjects) < _SEVERAL or subjects - frozenset().union(*named.values()):
        return frozenset()
    shut = subjects.difference(*(subject for keys, subject in ways if keys <= stored))
    return frozenset(tool for tool, name in named.items() if name & shut)


def servers_of(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """The servers that want these, each once."""
    return tuple(dict.fromkeys(one.mcp_server for one in requirements))


def unknown(credentials: Credentials, servers: Mapping[str, Server]) -> str | None:
    """A sentence about the first server or key that the catalogue does not declare, if any."""
    for name, values in credentials.items():
        server = servers.get(name)
        if server is None:
            return (
                f"The catalogue has no server called {_shown(name)}; "
                "write it as `mcp_server` or the plan does."
            )
        for key in values:
            if server.input(key) is None:
                return f"{server.title} takes no credential called {_shown(key)}; {_takes(server)}."
    return None


def misleading(credentials: Credentials, servers: Mapping[str, Server]) -> str | None:
    """A sentence about the first value that would lead to another host than the server's."""
    for name, values in credentials.items():
        for key, value in values.items():
            if not fits_address(servers[name], key, value):
                return (
                    f"The value of {_shown(key)} for {_shown(name)} is part of a host's name:"
                    " it may hold letters, digits, - and . only."
                )
    return None


def badly_written(credentials: Credentials) -> str | None:
    """A sentence about the first value that cannot be used as it is written, never showing it."""
    if sum(map(len, credentials.values())) > _MOST_VALUES:
        return f"At most {_MOST_VALUES} credential values can be given at once."
    for name, values in credentials.items():
        for key, value in values.items():
            if (fault := _fault(value)) is not None:
                return f"The value of {_shown(key)} for {_shown(name)} {fault}."
    return None


def takes_the_same(server: Server, one: Input, other: Server) -> bool:
    """Whether the input's value will do for the other server: same description, same page.

    A server that nobody looked through may have copied both.
    """
    wanted = (one.description, _place(server, one))
    return (server.reviewed and other.reviewed and None not in wanted) and any(
        (its.description, _place(other, its)) == wanted for its in other.inputs
    )


def fitting(
    values: Sequence[str], waiting: Sequence[Requirement], servers: Mapping[str, Server]
) -> dict[Requirement, int]:
    """For each credential that one of the values must be, by its format, that value's place."""
    homes: dict[Requirement, int] = {}
    for place, value in enumerate(values):
        if one := _home(value, waiting, servers):
            homes.setdefault(one, place)
    return homes


def _home(
    value: str, waiting: Sequence[Requirement], servers: Mapping[str, Server]
) -> Requirement | None:
    """The only missing credential whose format the value has; None if several have it, or none."""
    able = [one for one in waiting if _has_format(value, one, servers.get(one.mcp_server))]
    return able[0] if len(able) == 1 else None


def _has_format(value: str, one: Requirement, server: Server | None) -> bool:
    # A stranger's pattern could claim any value, and match it for hours.
    wanted = server.input(one.credential_key) if server and server.reviewed else None
    given = wanted.format if wanted else None
    return fits(value, given) and not fits("", given)


def _open_inputs(
    server: Server, stored: frozenset[str], spoken: frozenset[str]
) -> tuple[Input, ...]:
    needed = _ways_left(server, stored, spoken)
    return tuple(
        one
        for one in server.inputs
        if one.key not in stored and (one.must_be_given or one.key in needed)
    )


def _said_of(server: Server, steps: Iterable[Step]) -> frozenset[str]:
    """The words of what the server does, without its title, which may tell of more than that."""
    texts = (one.text.replace(server.title, " ") for one in steps if one.server == server.name)
    return frozenset(word for text in texts for word in words(text))


def _ways_left(server: Server, stored: frozenset[str], spoken: frozenset[str]) -> frozenset[str]:
    """The keys still open of one way in, or of one for each thing spoken of that has its own.

    What a way in is for, all of its keys say and other ways do not: `JIRA_URL`, `JIRA_TOKEN`.
    """
    ways = _ways(server)
    asked = sorted(spoken & frozenset().union(*(subject for _, subject in ways)))
    meant = [[way for way, subject in ways if word in subject] for word in asked]
    return frozenset().union(
        *(_one_of(some, stored) for some in meant or [[way for way, _ in ways]])
    )


def _ways(server: Server) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The keys of each way in that can be asked for, and what it is for that not all others are."""
    askable = {one.key for one in server.inputs if one.default is None}
    told = [frozenset.intersection(*map(frozenset, map(words, way))) for way in server.require_any]
    common = frozenset.intersection(*told) if told else frozenset()
    return [
        (frozenset(keys) & askable, subject - common)
        for keys, subject in zip(server.require_any, told, strict=True)
    ]


def _one_of(ways: Sequence[frozenset[str]], stored: frozenset[str]) -> frozenset[str]:
    """The keys still open in the way in that the user has come furthest with, else in the first."""
    if not ways or any(keys <= stored for keys in ways):
        return frozenset()
    begun = [keys for keys in ways if keys & stored]
    if not begun:
        return ways[0]
    return min(begun, key=lambda keys: (-len(keys & stored), len(keys - stored))) - stored


def _requirement(server: Server, one: Input) -> Requirement:
    return Requirement(
        mcp_server=server.name,
        credential_key=one.key,
        description=one.description,
        instructions=server.steps,
        obtain_url=_place(server, one),
        secret=one.secret,
    )


def _place(server: Server, one: Input) -> str | None:
    """Where it is to be had."""
    return one.obtain_url or server.obtain_url


def _takes(server: Server) -> str:
    """What the server does take, as the end of a sentence."""
    keys = ", ".join(one.key for one in server.inputs)
    return f"it takes {keys}" if keys else "it takes none"


def _shown(name: str) -> str:
    """A name from outside between quotes, made safe to repeat."""
    return f'"{printable(named(name))[:_LONGEST_NAME]}"'


def _fault(value: str) -> str | None:
    """What is wrong with a value, as the end of a sentence."""
    if not value.strip():
        return "is empty"
    if len(value) > _LONGEST_VALUE:
        return f"is longer than {_LONGEST_VALUE:,} characters"
    if "${" in value:
        return "contains ${, which would be read as a placeholder"
    if not _LINE_ENDS.isdisjoint(value):
        return "contains a line break; give it in one line"
    return _unfit_character(value)


def _unfit_character(value: str) -> str | None:
    """Of which kind a character is that no value can hold, if there is one."""
    if not fits_a_line(value):
        return "contains a character that cannot be used in a setting"
    if visible(value) != value:
        return "contains a character that nobody sees; copy it without what stands around it"
    return None
