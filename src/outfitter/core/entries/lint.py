"""What is wrong or risky in a catalogue entry, in sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from outfitter.core.address import host_of, is_fixed, is_host, is_link, is_private, is_written
from outfitter.core.catalogue import (
    Access,
    RemoteTemplate,
    Server,
    StdioTemplate,
    fillable,
)
from outfitter.core.equipping.template import filled, reference
from outfitter.core.errors import BadCatalogue
from outfitter.core.invocation import Invocation, invocation
from outfitter.core.placeholder import PLACEHOLDER
from outfitter.core.printable import line

_COMMANDS = frozenset({"npx", "uvx", "docker", "node", "python", "python3", "uv", "deno", "bunx"})
INTERPRETERS = frozenset({"node", "python", "python3"})
_NPM = (
    re.compile(r"(?:@[\w.~-]+/)?\w[\w.~-]*(?:@[^:/]*)?"),
    re.compile(r"@?[^@]+@\d+\.\d+\.\d+(?:[-+][\w.+-]*)?"),
)
# What the name of a package looks like to its runner, and what a pinned one does. To npm a
# version with fewer than three numbers is a range.
_PACKAGE = {
    "npx": _NPM,
    "bunx": _NPM,
    "uvx": (
        re.compile(r"\w[\w.-]*(?:\[[\w.,-]+\])?(?:[@=<>!~][^:/]*)?"),
        re.compile(r"[\w.\[\],-]+(?:==|@)\d[\w.+!-]*"),
    ),
    "docker": (
        re.compile(r"\w[\w./:@-]*"),
        re.compile(r".*(?:@sha256:.*|:v?\d[\w.-]*)"),
    ),
}
# Whatever package is fetched, these start what is written behind them.
_ANYTHING = re.compile(
    r"(?:(?:ba|da|z|fi|k|c|tc)?sh|busybox|cmd|powershell|pwsh|osascript|env|exec|eval|xargs|nohup"
    r"|sudo|node(?:js)?|deno|bunx?|np[mx]|pnpm|pnpx|yarn|corepack|tsx|ts-node|uvx?|pipx?|pythonw?"
    r"|pypy|perl|ruby|php|lua|[gm]?awk|find|make|git|ssh|docker|podman)[\d.]*(?:\.(?:exe|cmd))?",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"\w[\w.-]*")
# What a loader, an interpreter or a package runner asks before it starts anything.
_REFUSED_ENV = re.compile(
    r"(?:LD|DYLD|GIT|NPM_CONFIG|PIP|UV|SSL)_.*|PYTHON(?!UNBUFFERED|IOENCODING|UTF8).*"
    r"|NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|REPL_EXTERNAL_MODULE)"
    r"|BASH_ENV|ENV|HOME|IFS|PATH|SHELL|PERL5(?:OPT|LIB|DB)|RUBY(?:OPT|LIB)|LUA_INIT|GCONV_PATH"
    r"|(?:JAVA_TOOL|_JAVA|JDK_JAVA)_OPTIONS|DOTNET_STARTUP_HOOKS|(?:HTTPS?|ALL)_PROXY"
    r"|OPENSSL_(?:CONF|ENGINES|MODULES)|XDG_CONFIG_(?:HOME|DIRS)"
    # Commands to whatever opens a page, or builds a package that comes as source.
    r"|BROWSER|CC|CXX|LDSHARED|MAKEFLAGS"
)
# What only that one runner reads; to others it may be a setting of the server's.
_OWN_ENV = {"docker": "DOCKER_", "bunx": "BUN_"}
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
# What a request is sent by: who receives it, and where it ends.
_REFUSED_HEADER = re.compile(
    r"host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|expect"
    r"|proxy-.*|forwarded|x-forwarded-.*",
    re.IGNORECASE,
)
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_SECRET_LOOK = re.compile(
    r"(?:TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PASSPHRASE|PASS|PWD|API_?KEYS?|AUTHORIZATION"
    r"|(?:ACCESS|APP|AUTH|ENCRYPTION|MASTER|PRIVATE|SECRET|SIGNING)_?KEY|(?:^|_)PAT)(?:_?\d+)?$"
)
_LONGEST_TOOL, _LONGEST = 64, 300


class Kind(Enum):
    """What a complaint means for whoever takes the entry in."""

    UNTIDY = auto()
    UNPINNED = auto()
    UNSAFE = auto()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a field: UNTIDY misleads, UNPINNED may be another program tomorrow.

    UNSAFE could start, read or call something else than the entry says.
    """

    field: str
    text: str
    kind: Kind = Kind.UNTIDY

    def __str__(self) -> str:
        return line(f"{self.field}: {self.text}", _LONGEST)


unsafe = partial(Complaint, kind=Kind.UNSAFE)


def complaints(server: Server) -> tuple[Complaint, ...]:
    """Everything that should be put right before the entry is offered; empty when it is clean."""
    return tuple(said for check in _CHECKS for said in check(server))


def looks_secret(key: str) -> bool:
    """Whether an input of that name is a secret, whatever its entry says."""
    return _SECRET_LOOK.search(key) is not None


def _placeholders(server: Server) -> Iterator[Complaint]:
    used = {
        (key, place)
        for place, text in fillable(server.template)
        for key in PLACEHOLDER.findall(text)
    }
    for one in server.inputs:
        if (one.key, one.place) not in used:
            yield Complaint(f"inputs.{one.key}", f"the template never uses it in {one.place}")


def _agents(server: Server) -> Iterator[Complaint]:
    """Whether it can be written for an agent, with all that its user may bring and with nothing."""
    names = {one.key: reference(server.name, one.key) for one in server.inputs}
    for keys in (names.keys(), ()):
        try:
            filled(server, keys, names)
        except BadCatalogue as error:
            yield unsafe("template", error.detail)
            return


def _keys(server: Server) -> Iterator[Complaint]:
    keys = [one.key for one in server.inputs]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Complaint(f"inputs.{key}", f"declared {times} times")
    for key in sorted({key for one_of in server.require_any for key in one_of} - set(keys)):
        yield Complaint("require_any", f"{key} is not an input")
    for name, times in Counter(tool.name for tool in server.tools).items():
        if times > 1:
            yield Complaint(f"tools.{name}", f"listed {times} times")


def _visible(server: Server) -> Iterator[Complaint]:
    """What is started and called must be what a reader sees."""
    acting = [text for _, text in fillable(server.template)]
    acting += [one.default for one in server.inputs if one.default]
    if not all(map(str.isprintable, acting)):
        yield unsafe("template", "holds a character that cannot be shown")


def _secrets(server: Server) -> Iterator[Complaint]:
    for one in server.inputs:
        if not one.secret and one.format != "filepath" and looks_secret(one.key):
            yield Complaint(f"inputs.{one.key}", "looks like a secret and is not marked as one")
        if one.secret and one.default:
            yield Complaint(f"inputs.{one.key}", "a secret has no default")


def _launch(server: Server) -> Iterator[Complaint]:
    template = server.template
    if not isinstance(template, StdioTemplate):
        return
    command, first = template.command, "".join(template.args[:1])
    if command not in _COMMANDS:
        yield unsafe("template.command", f"{command} is not a known runner")
    # Of an interpreter the first argument is a file: an option could bring the code itself.
    if command in INTERPRETERS and first.startswith("-"):
        yield unsafe("template.args", f"{first} comes before what {command} starts")
    taken = invocation(template)
    if taken is not None:
        yield from _fetched(command, taken)
    started = (*taken.packages, taken.program) if taken else (first,)
    if any("${" in one for one in (command, *started)):
        yield unsafe("template.args", "a placeholder decides what is started")


def _fetched(command: str, taken: Invocation) -> Iterator[Complaint]:
    if not taken.program:
        yield unsafe("template.args", f"nothing says what {command} starts")
    elif command != "docker":
        yield from _program(taken)
    if command == "uvx" and len(taken.packages) > 1:
        yield unsafe("template.args", "uvx starts one package, and several are named")
    name, pinned = _PACKAGE[command]
    for package in taken.packages:
        # A runner also takes addresses and folders, which are nobody's registered package.
        if not name.fullmatch(package):
            yield unsafe("template.args", f"{package} is not the name of a package")
        if not pinned.fullmatch(package):
            yield Complaint("template.args", f"{package} is not pinned to a version", Kind.UNPINNED)


def _program(taken: Invocation) -> Iterator[Complaint]:
    """Whether what is started on the machine itself can be the package's own."""
    found = _PROGRAM.match(taken.program)
    name = found[0] if found else ""
    chosen = taken.program not in taken.packages
    if _ANYTHING.fullmatch(name) or (chosen and name != taken.program):
        yield unsafe("template.args", f"{taken.program} may start anything")


def _environment(server: Server) -> Iterator[Complaint]:
    template = server.template
    if isinstance(template, StdioTemplate):
        for name in template.env:
            yield from _variable(f"template.env.{name}", name, _OWN_ENV.get(template.command))
        yield from _passed_on(template)


def _variable(field: str, name: str, own: str | None = None) -> Iterator[Complaint]:
    """What is wrong with a variable of that name; `own` begins those that the runner reads."""
    if not _ENV_NAME.fullmatch(name):
        yield unsafe(field, "is not the name of a variable")
    if _REFUSED_ENV.fullmatch(name.upper()) or (own and name.upper().startswith(own)):
        yield unsafe(field, "could change what is started")


def _passed_on(template: StdioTemplate) -> Iterator[Complaint]:
    """What a container is given beside the variables that its server declares."""
    taken = invocation(template) if template.command == "docker" else None
    for flag in taken.flags if taken else ():
        if flag.name not in {"-e", "--env"}:
            continue
        name, given, _ = (flag.value or "").partition("=")
        yield from _variable(f"template.args.{name}", name)
        # Docker takes such a value from whatever its user has set.
        if not given and name not in template.env:
            yield unsafe(f"template.args.{name}", "passes on a variable that nobody declares")


def _address(server: Server) -> Iterator[Complaint]:
    if not isinstance(server.template, RemoteTemplate):
        return
    url = server.template.url
    if not is_private(url):
        yield unsafe("template.url", "only https, or http on this machine")
    if not is_written(PLACEHOLDER.sub("", url)):
        yield unsafe("template.url", "holds a character that no address has")
    for name in server.template.headers:
        if not _HEADER_NAME.fullmatch(name):
            yield unsafe("template.headers", "a name that no header can have")
        if _REFUSED_HEADER.fullmatch(name):
            yield unsafe(f"template.headers.{name}", "could change who is called")
    yield from _host(host_of(url) or "")


def _host(host: str) -> Iterator[Complaint]:
    # A value must not decide whose server is called, else it could be sent anywhere.
    if not is_fixed(host):
        yield unsafe("template.url", "a placeholder decides the host")
    if "@" in host:
        yield unsafe("template.url", "holds a user name")
    elif host and not is_host(host):
        yield unsafe("template.url", "names a host that cannot exist")


def _links(server: Server) -> Iterator[Complaint]:
    links = {"obtain_url": server.obtain_url}
    links |= {f"inputs.{one.key}.obtain_url": one.obtain_url for one in server.inputs}
    for field, link in links.items():
        if link is not None and not is_link(link):
            yield Complaint(field, "not an https link")


def _tools(server: Server) -> Iterator[Complaint]:
    known = dict.fromkeys(tool.name for tool in server.tools)
    for name in known:
        if len(f"{server.name}__{name}") > _LONGEST_TOOL:
            yield Complaint(
                f"tools.{name}", f"longer than {_LONGEST_TOOL} characters with the server's name"
            )
    if server.probe is not None and known and server.probe.tool not in known:
        yield Complaint("probe.tool", f"{server.probe.tool} is not a tool of the server")


def _way(server: Server) -> Iterator[Complaint]:
    """Whether the way in is told as far as its kind needs it."""
    if server.access is not Access.OPEN and not server.steps:
        yield Complaint("steps", "nothing says how to get in")
    if server.access is Access.PASTE and not server.required_tokens:
        yield Complaint("access", "paste, but nothing must be given")
    if server.access is Access.OPEN and server.required_tokens:
        yield Complaint("access", "open, but something must be given")


_CHECKS = (
    *(_placeholders, _agents, _keys, _visible, _secrets, _launch),
    *(_environment, _address, _links, _tools, _way),
)
