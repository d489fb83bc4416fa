"""What bodies have in common."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, StringConstraints

from outfitter.core.described import Described


def _clean(text: str) -> str:
    """The text itself; a database cannot store NUL."""
    if "\0" in text:
        raise ValueError("must not contain NUL")
    return text


STORABLE = AfterValidator(_clean)
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), STORABLE]


class Body(Described):
    """A request body; fields we do not know are refused, so that a typo is not lost.

    What is in it stays out of `repr`: it may be a secret.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return ()
