"""An agent's servers made ready to be written: named, filled and free of clashes."""

from collections.abc import Sequence
from dataclasses import dataclass

from outfitter.core.agent import AgentSpec, Equipment
from outfitter.core.catalogue import Input, Server, Template
from outfitter.core.equipping.template import (
    filled,
    is_part_of_address,
    own_file,
    reference,
    references,
)

# Runners join the server's key and the tool's name with two underscores and cut what is longer.
_LONGEST_TOOL = 64
_JOINT = "__"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A server as it stands in a configuration.

    `key` is its name there, `asked` the inputs by the variable that carries each, and `only` the
    tools the model is shown, empty for all.
    """

    server: Server
    key: str
    template: Template
    asked: dict[str, Input]
    only: tuple[str, ...]

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools the model gets, as far as the catalogue knows them."""
        return self.only or tuple(tool.name for tool in self.server.tools)

    @property
    def files(self) -> dict[str, str]:
        """The paths in the agent's folder whose full form it is told, by variable."""
        return {name: path for name, given in self.asked.items() if (path := own_file(given))}

    def told(self, name: str) -> str:
        """What a variable holds, and how whoever types it has to write it."""
        said = self.asked[name].description
        if is_part_of_address(self.template, name):
            return f"{said}; a part of an address, so / is %2F and so on"
        return said


def fitted(spec: AgentSpec) -> tuple[Fitted, ...]:
    """The servers of an agent, in order.

    Raises BadCatalogue if one of them cannot be written safely.
    """
    names = _variable_names(spec)
    keys = _keys(spec.equipment)
    return tuple(
        _fit(one, key, names[one.server.name])
        for one, key in zip(spec.equipment, keys, strict=True)
    )


def _variable_names(spec: AgentSpec) -> dict[str, dict[str, str]]:
    """The variable of each input, by server and key; no two inputs share one.

    Server a with key B_C and server a-b with key C would otherwise read each other's value.
    """
    taken: set[str] = set()
    return {
        server.name: {
            one.key: _free(reference(server.name, one.key), taken, "_") for one in server.inputs
        }
        for server in (one.server for one in spec.equipment)
    }


def _fit(equipment: Equipment, key: str, names: dict[str, str]) -> Fitted:
    server = equipment.server
    template = filled(server, equipment.keys, names)
    inputs = {names[one.key]: one for one in server.inputs}
    asked = {name: inputs[name] for name in references(template)}
    return Fitted(server, key, template, asked, equipment.tools)


def _keys(equipment: Sequence[Equipment]) -> list[str]:
    taken: set[str] = set()
    return [_free(_short(one.server), taken, "-") for one in equipment]


def _short(server: Server) -> str:
    """The server's name, as long as the longest of its tools leaves room for."""
    longest = max((len(tool.name) for tool in server.tools), default=0)
    return server.name[: max(_LONGEST_TOOL - len(_JOINT) - longest, 1)].rstrip("-")


def _free(name: str, taken: set[str], joint: str) -> str:
    """The name, or with a number where it is taken already."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{joint}{number}", number + 1
    taken.add(found)
    return found
