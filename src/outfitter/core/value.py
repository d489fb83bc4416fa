"""The one way this product writes a value: frozen, strict about unknown fields."""

from typing import Any, Self

from pydantic import ConfigDict

from outfitter.core.described import Described


class Value(Described):
    """An immutable value that can be stored as JSON and read back.

    Whoever writes one is told of a field that there is not: it is a slip. In what was stored it is
    the work of a later version, which may run beside this one or have been taken back.

    The text under a field tells clients what it means where the value goes over the wire.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def from_stored(cls, document: Any) -> Self:  # noqa: ANN401 - any JSON value
        """The value that was stored, without what this version does not know of it."""
        return cls.model_validate(document, extra="ignore")
