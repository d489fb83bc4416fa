"""What is wrong or risky in a catalogue entry, in sentences."""

import re
from collections import Counter
from collections.abc import Iterator

from outfitter.core.catalogue import (
    PLACEHOLDER,
    Access,
    Place,
    RemoteTemplate,
    Server,
    StdioTemplate,
)

_COMMANDS = frozenset({"npx", "uvx", "docker", "node", "python", "python3", "uv", "deno", "bunx"})
_INTERPRETERS = frozenset({"node", "python", "python3"})
# What a loader, an interpreter or a package runner asks before it starts anything.
_REFUSED_ENV = re.compile(
    r"(?:LD|DYLD|GIT|NPM_CONFIG|PIP|UV|SSL)_.*|PYTHON(?!UNBUFFERED|IOENCODING|UTF8).*"
    r"|NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|REPL_EXTERNAL_MODULE)"
    r"|BASH_ENV|ENV|HOME|IFS|PATH|SHELL|PERL5(?:OPT|LIB)|RUBY(?:OPT|LIB)"
    r"|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|DOTNET_STARTUP_HOOKS|(?:HTTPS?|ALL)_PROXY"
)
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_SECRET_LOOK = re.compile(r"(?:TOKEN|SECRET|PASSWORD|PASS|API_?KEY|PRIVATE_KEY)$")
_LONGEST_TOOL = 64
_LOOPBACK = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)")
_FIXED_HOST = re.compile(r"(?:\.[a-z0-9-]+){2,}(?::\d+)?")


def complaints(server: Server) -> tuple[str, ...]:
    """Everything that should be put right before the entry is offered; empty when it is clean."""
    checks = (_placeholders, _keys, _secrets, _launch, _environment, _address, _links, _tools, _way)
    return tuple(said for check in checks for said in check(server))


def looks_secret(key: str) -> bool:
    """Whether an input of that name is a secret, whatever its entry says."""
    return _SECRET_LOOK.search(key) is not None


def _filled(server: Server) -> Iterator[tuple[Place, str]]:
    """Every text of the template that may hold a placeholder."""
    template = server.template
    if isinstance(template, StdioTemplate):
        yield from ((Place.ARG, text) for text in template.args)
        yield from ((Place.ENV, text) for text in template.env.values())
    else:
        yield Place.URL, template.url
        yield from ((Place.HEADER, text) for text in template.headers.values())


def _placeholders(server: Server) -> Iterator[str]:
    used = {(key, place) for place, text in _filled(server) for key in PLACEHOLDER.findall(text)}
    named = {key for key, _ in used}
    for key in sorted(named - {one.key for one in server.inputs}):
        yield f"template: ${{{key}}} is filled by no input"
    for one in server.inputs:
        if (one.key, one.place) not in used:
            yield f"inputs.{one.key}: the template never uses it in {one.place}"


def _keys(server: Server) -> Iterator[str]:
    keys = [one.key for one in server.inputs]
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"inputs.{key}: declared {times} times"
    for key in sorted({key for one_of in server.require_any for key in one_of} - set(keys)):
        yield f"require_any: {key} is no input"
    for name, times in Counter(tool.name for tool in server.tools).items():
        if times > 1:
            yield f"tools.{name}: listed {times} times"


def _secrets(server: Server) -> Iterator[str]:
    for one in server.inputs:
        if not one.secret and one.format != "filepath" and looks_secret(one.key):
            yield f"inputs.{one.key}: looks like a secret and is not marked as one"
        if one.secret and one.default:
            yield f"inputs.{one.key}: a secret has no default"


def _launch(server: Server) -> Iterator[str]:
    template = server.template
    if not isinstance(template, StdioTemplate):
        return
    if template.command not in _COMMANDS:
        yield f"template.command: {template.command} is not a known runner"
    elif (chosen := package(template)) is not None and not _pinned(template.command, chosen):
        yield f"template.args: {chosen} is not pinned to a version"
    # Of an interpreter the first argument is a file: an option could bring the code itself.
    if template.command in _INTERPRETERS and template.args[:1] and template.args[0][:1] == "-":
        yield f"template.args: {template.args[0]} comes before what {template.command} starts"
    started = package(template) or "".join(template.args[:1])
    if "${" in template.command or "${" in started:
        yield "template.args: a placeholder decides what is started"


def package(template: StdioTemplate) -> str | None:
    """What a package runner fetches and starts."""
    args = list(template.args)
    match template.command:
        case "npx" | "bunx":
            chosen = args[args.index("-p") + 1 :] if "-p" in args else args
            return next((one for one in chosen if not one.startswith("-")), "")
        case "uvx":
            chosen = args[args.index("--from") + 1 :] if "--from" in args else args
            return next((one for one in chosen if not one.startswith("-")), "")
        case "docker":
            return next((one for one in args if "/" in one and not one.startswith("-")), "")
    return None


def _pinned(command: str, package: str) -> bool:
    match command:
        case "npx" | "bunx":
            return bool(re.fullmatch(r"@?[^@]+@\d[\w.+-]*", package))
        case "uvx":
            return bool(re.fullmatch(r"[\w.\[\],-]+(?:==|@)\d[\w.+!]*", package))
    return "@sha256:" in package or bool(re.search(r":v?\d[\w.-]*$", package))


def _environment(server: Server) -> Iterator[str]:
    if isinstance(server.template, StdioTemplate):
        for name in server.template.env:
            if not _ENV_NAME.fullmatch(name):
                yield f"template.env.{name}: is no name of a variable"
            if _REFUSED_ENV.fullmatch(name.upper()):
                yield f"template.env.{name}: could change what is started"


def _address(server: Server) -> Iterator[str]:
    if not isinstance(server.template, RemoteTemplate):
        return
    url = server.template.url
    if not url.startswith("https://") and not _LOOPBACK.match(url):
        yield "template.url: only https, or http on this machine"
    host = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    # A value must not decide whose server is called, else it could be sent anywhere.
    if "${" in host and not _FIXED_HOST.fullmatch(host.rpartition("}")[2]):
        yield "template.url: a placeholder decides the host"
    if "@" in host:
        yield "template.url: holds a user name"


def _links(server: Server) -> Iterator[str]:
    links = {"obtain_url": server.obtain_url}
    links |= {f"inputs.{one.key}.obtain_url": one.obtain_url for one in server.inputs}
    for field, link in links.items():
        if link is not None and not re.match(r"https://[\w.-]+\.[a-z]+(?:[/?#]|$)", link):
            yield f"{field}: not an https link"


def _tools(server: Server) -> Iterator[str]:
    known = {tool.name for tool in server.tools}
    for name in known:
        if len(f"{server.name}__{name}") > _LONGEST_TOOL:
            yield f"tools.{name}: longer than {_LONGEST_TOOL} characters with the server's name"
    if server.probe is not None and known and server.probe.tool not in known:
        yield f"probe.tool: {server.probe.tool} is no tool of the server"


def _way(server: Server) -> Iterator[str]:
    """Whether the way in is told as far as its kind needs it."""
    if server.access is not Access.OPEN and not server.steps:
        yield "steps: nothing says how to get in"
    if server.access is Access.PASTE and not server.required_tokens:
        yield "access: paste, but nothing must be given"
    if server.access is Access.OPEN and server.required_tokens:
        yield "access: open, but something must be given"
