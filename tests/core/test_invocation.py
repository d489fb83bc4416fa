"""A runner's command, read as the runner reads it."""

import pytest

from outfitter.core.catalogue import StdioTemplate
from outfitter.core.invocation import Flag, Invocation, invocation


def taken(line: str) -> Invocation | None:
    """What comes of a command written in one line."""
    command, *args = line.split()
    return invocation(StdioTemplate(command=command, args=tuple(args)))


@pytest.mark.parametrize(
    ("line", "packages", "program"),
    [
        ("npx -y a@1 --registry x", ("a@1",), "a@1"),
        ("npx -y -p a@1 --package=b@2 run -p c", ("a@1", "b@2"), "run"),
        ("npx --registry x a@1", ("a@1",), "a@1"),
        ("npx -y -- -p", ("-p",), "-p"),
        ("bunx --bun a@1 x", ("a@1",), "a@1"),
        ("uvx a==1 --from b", ("a==1",), "a==1"),
        ("uvx --python 3.12 --with b<2 --from a==1 run", ("a==1",), "run"),
        ("uvx -qp3.12 --isolated a@1", ("a@1",), "a@1"),
        ("docker run -it --rm -e K=a/b:1 --network host c:1 d/e:1", ("c:1",), "c:1"),
        ("docker run -ieK=1 -p8080:80 --read-only a/b", ("a/b",), "a/b"),
        ("docker exec -i a/b:1", (), ""),
        ("docker run -e a/b:1", (), ""),
        ("npx -y", (), ""),
    ],
)
def test_what_is_fetched_and_started_is_found_among_the_flags(
    line: str, packages: tuple[str, ...], program: str
) -> None:
    found = taken(line)

    assert found is not None
    assert (found.packages, found.program) == (packages, program)


def test_each_flag_of_the_runner_is_told_with_its_value() -> None:
    found = taken("docker run -itv/:/host -e=K --env L=1 --pull=always --rm=false a:1 -x")

    assert found is not None
    assert found.flags == (
        *(Flag("-i"), Flag("-t"), Flag("-v", "/:/host"), Flag("-e", "K"), Flag("--env", "L=1")),
        *(Flag("--pull", "always"), Flag("--rm", "false")),
    )


def test_npx_reads_letters_behind_one_dash_as_one_flag() -> None:
    assert taken("npx -pa@1 b c@1") == Invocation((Flag("-pa@1", "b"),), ("c@1",), "c@1")


@pytest.mark.parametrize("line", ["uv run a", "node a.js", "bash -c a"])
def test_what_fetches_no_package_is_not_taken_apart(line: str) -> None:
    assert taken(line) is None
