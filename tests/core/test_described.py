"""Schemas that say what the text under a field says."""

from pydantic import Field

from outfitter.core.described import Described


class Pet(Described):
    """An animal that lives with people."""

    name: str
    """What it is called,
    by those it lives with."""

    age: int = Field(0, description="In years.")
    """Not shown: the field says more."""

    tail: bool = True


class Cat(Pet):
    """A pet that comes and goes."""

    tail: bool = True
    """Whether it has one."""


def _told(model: type[Described]) -> dict[str, str | None]:
    fields = model.model_json_schema()["properties"]
    return {name: one.get("description") for name, one in fields.items()}


def test_a_field_is_described_by_the_text_under_it() -> None:
    assert _told(Pet) == {
        "name": "What it is called,\nby those it lives with.",
        "age": "In years.",
        "tail": None,
    }


def test_a_field_keeps_the_text_of_where_it_comes_from_until_there_is_another() -> None:
    assert _told(Cat)["name"] == _told(Pet)["name"]
    assert _told(Cat)["tail"] == "Whether it has one."
