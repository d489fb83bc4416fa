"""Who may take the place of an entry."""

import pytest

from catalogues import a_server
from outfitter.core.catalogue import RemoteTemplate, StdioTemplate, Template
from outfitter.core.entries.succession import follows


def started(line: str) -> Template:
    """A template that is started by that line."""
    command, *args = line.split()
    return StdioTemplate(command=command, args=tuple(args))


def reached(url: str) -> Template:
    """A template that is called at that address."""
    return RemoteTemplate(transport="http", url=url)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (started("npx -y @a/b@1.0.0"), started("npx -y @a/b@2.0.0 --all"), True),
        (started("npx -y @a/b@1.0.0"), started("npx -y @a/c@1.0.0"), False),
        (started("npx -y a@1.0.0"), started("npx -y -p a@1.0.0 -p c@1.0.0 a"), False),
        (started("uvx --from a==1 a"), started("uvx --from a==2 a"), True),
        (started("docker run -i x.org:5/a:1"), started("docker run -i x.org:5/a:2"), True),
        (started("docker run -i x.org:5/a:1"), started("docker run -i x.org:5/b:1"), False),
        (started("node a.js"), started("node b.js"), False),
        (started("npx -y a@1.0.0"), reached("https://a.example/mcp"), False),
        (reached("https://a.example/mcp"), reached("https://a.example/v2"), True),
        (reached("https://a.example/mcp"), reached("https://a.example.evil/mcp"), False),
    ],
    ids=[
        "a later version",
        "another package",
        "one package more",
        "a later wheel",
        "a later image",
        "another image",
        "another script",
        "a host in place of a package",
        "another path",
        "another host",
    ],
)
def test_from_elsewhere_only_what_runs_the_same_follows(
    *, old: Template, new: Template, same: bool
) -> None:
    before = a_server("one", template=old, provenance="there, 2026-11-22")
    after = a_server("one", template=new, provenance="elsewhere, 2026-11-23")

    assert follows(after, before) is same
    assert follows(after.model_copy(update={"provenance": "there, 2026-11-23"}), before)
