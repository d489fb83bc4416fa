"""A package runner's command taken apart: what is asked of the runner, and what it starts."""

from collections.abc import Iterator
from typing import NamedTuple

from outfitter.core.catalogue import StdioTemplate


class Flag(NamedTuple):
    """Something asked of the runner itself."""

    name: str
    value: str | None = None


class Invocation(NamedTuple):
    """What a runner is told: its own flags, the packages it fetches, and which program it starts.

    Without a package chosen by a flag the program is the package; what follows is the program's.
    """

    flags: tuple[Flag, ...]
    packages: tuple[str, ...]
    program: str


class _Runner(NamedTuple):
    """How a runner reads: a flag that is no switch takes a value, if need be the next word.

    `choosing` are the flags that name a package; `joins` tells whether `-it` is `-i -t`.
    """

    switches: frozenset[str]
    choosing: frozenset[str] = frozenset()
    joins: bool = False
    verb: tuple[str, ...] = ()


_NPX = _Runner(
    frozenset(
        "-y --yes --no --no-install -q --quiet -s --silent -d --verbose --offline --prefer-offline"
        " --prefer-online --ignore-scripts --no-audit --no-fund --no-update-notifier --bun".split()
    ),
    choosing=frozenset({"-p", "--package"}),
)
_UVX = _Runner(
    frozenset(
        "--isolated --no-env-file --lfs --no-index -U --upgrade --no-sources --reinstall --refresh"
        " --compile-bytecode --no-build --no-binary --no-build-isolation -n --no-cache --offline"
        " --managed-python --no-managed-python --no-python-downloads --no-config --no-progress"
        " --native-tls --system-certs -q --quiet -v --verbose".split()
    ),
    choosing=frozenset({"--from"}),
    joins=True,
)
_DOCKER = _Runner(
    frozenset(
        "-i --interactive -t --tty --rm --init -d --detach -P --publish-all --privileged"
        " --read-only --no-healthcheck --oom-kill-disable --sig-proxy -q --quiet"
        " --disable-content-trust --use-api-socket".split()
    ),
    joins=True,
    verb=("run",),
)
_RUNNERS = {"npx": _NPX, "bunx": _NPX, "uvx": _UVX, "docker": _DOCKER}


def invocation(template: StdioTemplate) -> Invocation | None:
    """What the command tells its runner, or None if it has no runner that fetches packages.

    >>> invocation(StdioTemplate(command="uvx", args=("--with", "b", "--from", "a==1", "a", "-v")))
    Invocation(flags=(Flag(name='--with', value='b'),), packages=('a==1',), program='a')
    """
    runner = _RUNNERS.get(template.command)
    if runner is None:
        return None
    verb, words = template.args[: len(runner.verb)], template.args[len(runner.verb) :]
    flags, program = _read(runner, words) if verb == runner.verb else ([], "")
    chosen = [flag.value or "" for flag in flags if flag.name in runner.choosing]
    return Invocation(
        flags=tuple(flag for flag in flags if flag.name not in runner.choosing),
        packages=tuple(chosen or filter(None, [program])),
        program=program,
    )


def _read(runner: _Runner, args: tuple[str, ...]) -> tuple[list[Flag], str]:
    """The flags before the first word that is none, and that word."""
    flags: list[Flag] = []
    words = iter(args)
    for word in words:
        if word == "--":
            return flags, next(words, "")
        if not word.startswith("-"):
            return flags, word
        for one in _apart(runner, word):
            name, given, value = one.partition("=")
            if given or name in runner.switches:
                flags.append(Flag(name, value if given else None))
            else:
                flags.append(Flag(name, next(words, "")))
    return flags, ""


def _apart(runner: _Runner, word: str) -> Iterator[str]:
    """A word for each flag: `-itv/:/host` is `-i`, `-t` and `-v=/:/host`."""
    if not runner.joins or word.startswith("--"):
        yield word
        return
    name, rest = word[:2], word[2:]
    while rest and rest[0] != "=" and name in runner.switches:
        yield name
        name, rest = f"-{rest[0]}", rest[1:]
    yield f"{name}={rest.removeprefix('=')}" if rest else name
