"""What a reply speaks of, and how it names things."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from outfitter.core.agent import Equipment
from outfitter.core.analysis import Analysis
from outfitter.core.catalogue import Server
from outfitter.core.equipping.decide import Outcome, ruled_out
from outfitter.core.equipping.requirements import Requirement
from outfitter.core.plan import Plan


@dataclass(frozen=True)
class Occasion:
    """Everything a reply may speak of: no value of a credential, only names.

    `reused` says which credentials of earlier sessions are used for the first time here,
    `brought` which came with the message, `redacted` how many secrets were cut out of it, `pasted`
    which waiting credentials they look like, `agent_id`, `version` and `equipment` which agent the
    plan came to, `is_new` whether that was made just now, `lost` which servers of the plan can no
    longer be had, and `read` which misspelt words were read as which names.
    """

    analysis: Analysis
    before: Plan
    plan: Plan
    outcome: Outcome
    servers: Mapping[str, Server]
    reused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    brought: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    redacted: int = 0
    agent_id: str | None = None
    version: int | None = None
    is_new: bool = False
    pasted: tuple[Requirement, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    lost: tuple[str, ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What each server is called, with its name where another one here is called the same."""
        often = Counter(one.title for one in self.servers.values())
        return {
            name: one.title if often[one.title] == 1 else f"{one.title} ({name})"
            for name, one in self.servers.items()
        }

    @cached_property
    def ruled_out(self) -> tuple[str, ...]:
        """The servers of the plan that can do nothing but what its steps rule out."""
        return ruled_out(self.plan, self.servers)


def titles(occasion: Occasion, names: Sequence[str], word: str = "and") -> str:
    """The titles of servers as a list in a sentence."""
    return joined((title(occasion, name) for name in names), word)


def title(occasion: Occasion, name: str) -> str:
    """What a server is called here; one that nobody knows by its name."""
    return occasion.called.get(name, name)


def where(occasion: Occasion) -> str:
    """The path under which the agent is found."""
    return f"/api/agents/{occasion.agent_id or '{agent_id}'}"


def joined(names: Iterable[str], word: str = "and") -> str:
    """The names as a list in a sentence, each once.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *rest, last = dict.fromkeys(names)
    return f"{', '.join(rest)} {word} {last}" if rest else last
