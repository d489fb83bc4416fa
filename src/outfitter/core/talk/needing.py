"""What a server needs of its user, worded once for questions and for requests."""

from collections.abc import Mapping, Sequence

from outfitter.core.catalogue import Access, Server
from outfitter.core.equipping.requirements import Requirement

_UNTIL_THE_START = {
    Access.SIGN_IN: "{title} asks you to sign in on the first run",
    Access.FILE: "{title} reads a file of yours, so have it in place before the start",
}
NO_TWINS: Mapping[str, Server] = {}


def needed(
    opening: str, requirements: Sequence[Requirement], twins: Mapping[str, Server] = NO_TWINS
) -> str:
    """The keys of one server, and how and where they are to be had.

    `twins` has for a key the server whose key of another name will do; of what that server says
    to do only the rest is told where no key is left without one.
    """
    lines = [opening, *(_line(one, twins.get(one.credential_key)) for one in requirements)]
    others = [twins.get(one.credential_key) for one in requirements]
    known = [step for one in others if one for step in one.steps] if all(others) else []
    steps = [one for one in requirements[0].instructions if one not in known]
    if steps:
        how = f"How to get {them(requirements)}:" if not known else "What else to do for it:"
        lines += [how, *_numbered(steps)]
    links = dict.fromkeys(one.obtain_url for one in requirements if one.obtain_url and not known)
    return "\n".join((*lines, *(f"Link: {link}" for link in links)))


def until_the_start(server: Server, other: Server | None = None) -> str:
    """What is left to do before or on the first run, beside what the `other` whose file it is says.

    Nothing is left where a server asks for no more than keys.
    """
    if server.access not in _UNTIL_THE_START:
        return ""
    opening = _UNTIL_THE_START[server.access].format(title=server.title)
    if other:
        opening += f"; the file of {other.title} will do"
    known = other.steps if other else ()
    lines = _numbered([one for one in server.steps if one not in known])
    return "\n".join((f"{opening}{':' if lines else '.'}", *lines))


def will_do(twin: Server) -> str:
    """The remark that a credential is the same as one of that server's."""
    return f"(what you give {twin.title} will do)"


def them(requirements: Sequence[Requirement]) -> str:
    """The pronoun for these."""
    return "it" if len(requirements) == 1 else "them"


def _line(one: Requirement, twin: Server | None) -> str:
    line = f"- `{one.credential_key}`: {one.description}"
    return f"{line} {will_do(twin)}" if twin else line


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"{place}. {step}" for place, step in enumerate(steps, 1)]
