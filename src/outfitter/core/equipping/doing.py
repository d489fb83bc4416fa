"""What tools do: reading, writing, sending, deleting, or another act."""

from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from outfitter.core.catalogue import Tool
from outfitter.core.words.text import stem, stems, tokens


class Effect(StrEnum):
    """What a tool does to the world; ACT is everything that no verb tells."""

    READ = "read"
    WRITE = "write"
    SEND = "send"
    DELETE = "delete"
    ACT = "act"


Effects = frozenset[Effect]

_TOOL_VERBS = {
    Effect.READ: stems(
        "get list search find read view fetch retrieve query describe show look lookup check "
        "scan browse inspect explain analyze analyse compare summarize count download whoami "
        "explore discover navigate snapshot screenshot hover wait preview see monitor trace "
        "estimate calculate convert resolve extract crawl scrape verify validate status "
        "info reader".split()
    ),
    Effect.WRITE: stems(
        "create add update edit write insert append set put save make move rename copy patch "
        "modify change replace assign label tag mark archive upload import upsert merge generate "
        "record log store remember draft complete reschedule attach duplicate close finalize "
        "schedule format approve reorder toggle enable disable push sync comment restart reboot "
        "shutdown power restore order updater".split()
    ),
    Effect.SEND: stems(
        "send post publish reply respond forward share notify broadcast tweet message email "
        "announce invite submit call answer".split()
    ),
    Effect.DELETE: stems(
        "delete remove clear drop cancel purge trash kill destroy forget wipe erase revoke void "
        "uninstall truncate del hdel xdel json_del lrem srem zrem expire".split()
    ),
}
_OF_TOOL = {verb: effect for effect, verbs in _TOOL_VERBS.items() for verb in verbs}
VERBS = frozenset(_OF_TOOL)
_JOINTS = frozenset({"and", "or"})
_POST = "post"  # a request's method as often as a message
# At the end of a name these are what is looked at: `git_log`.
_THINGS = stems(["log", "archive"])
# And these are what is done with the thing before: `message_list`.
_LAST = stems("list get search read find query".split())
# Whoever calls one of these, calls nobody: `ha_call_service`.
_CALLS = frozenset(("call", stem(one)) for one in ("service", "event", "function", "api"))


def of_tool(tool: Tool) -> Effects:
    """What a tool does, by the verbs of its name, else by the first word of its description.

    >>> sorted(of_tool(Tool(name="create_or_update_file"))), sorted(of_tool(Tool(name="dbsize")))
    ([<Effect.WRITE: 'write'>], [<Effect.ACT: 'act'>])
    """
    return _told_by(tool.name, tool.description)


@lru_cache(maxsize=8192)
def _told_by(called: str, description: str) -> Effects:
    name = tokens(called)
    first = next((at for at, word in enumerate(name) if word in _OF_TOOL), None)
    if first and (name[-1] in _LAST or (name[first:] == name[-1:] and name[first] in _THINGS)):
        return frozenset({Effect.READ})
    if first is not None and (name[first], *name[first + 1 : first + 2]) in _CALLS:
        return frozenset({Effect.WRITE})
    described = [_OF_TOOL[word] for word in tokens(description)[:1] if word in _OF_TOOL]
    if first is None or (name[first] == _POST and described):
        return frozenset(described or [Effect.ACT])
    joined = (
        word for before, word in pairwise(name[first:]) if before in _JOINTS and word in _OF_TOOL
    )
    return frozenset(_OF_TOOL[word] for word in (name[first], *joined))


def deed(tool: Tool) -> str:
    """The stem of the verb in a tool's name, if there is one.

    >>> deed(Tool(name="merge_merge_request"))
    'merg'
    """
    return _deed_of(tool.name)


@lru_cache(maxsize=8192)
def _deed_of(name: str) -> str:
    return next((word for word in tokens(name) if word in _OF_TOOL), "")
