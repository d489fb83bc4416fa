"""Whether an entry under a name that is taken is still what its users gave their credentials to."""

import re

from outfitter.core.address import host_of
from outfitter.core.catalogue import Server, StdioTemplate
from outfitter.core.invocation import invocation

# A version, behind the name of a package or an image.
_VERSION = re.compile(r"(?<=.)(?:@|[=<>!~]=|:(?=[^/]*$)).*")


def follows(new: Server, old: Server) -> bool:
    """Whether the entry comes from where the old one does, or runs the same package or host.

    Names are somebody's own within one registry; another may give them to anybody.
    """
    return _source(new) == _source(old) or _reached(new) == _reached(old)


def _source(server: Server) -> str:
    """Where the entry was found, whenever that was."""
    return server.provenance.rpartition(", ")[0] or server.provenance


def _reached(server: Server) -> tuple[str, ...]:
    """Whom the server's credentials are given to, in any version."""
    template = server.template
    if not isinstance(template, StdioTemplate):
        return (host_of(template.url) or template.url,)
    taken = invocation(template)
    if taken is None:
        return (template.command, *template.args)
    return (template.command, *(_VERSION.sub("", one) for one in taken.packages))
