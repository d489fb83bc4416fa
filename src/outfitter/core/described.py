"""Fields that the text under them describes, to whoever asks for a schema."""

import ast
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Described(BaseModel):
    """A model whose JSON schema gives each field the text under it.

    Pydantic can read these texts itself, but would do so at every start, which takes a tenth of
    it; here they are read when the schema is asked for.
    """

    # An answer has all its fields; only who asks may leave out what has a default.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema as pydantic makes it, and the texts."""
        made = handler(schema)
        whole = handler.resolve_ref_schema(made)
        if handler.mode == "serialization":
            # Clients that refused what they do not know would break with the next field.
            whole.pop("additionalProperties", None)
        shown = whole.get("properties", {})
        for name, text in _texts_of(cls).items():
            shown[name].setdefault("description", text)
        return made


@cache
def _texts_of(model: type[Described]) -> dict[str, str]:
    """The text under each field, its own and those it has from others."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, Described):
            found |= _texts_in(one)
    return found


def _texts_in(model: type[Described]) -> dict[str, str]:
    (written,) = ast.parse(dedent(getsource(model))).body
    assert isinstance(written, ast.ClassDef)  # noqa: S101 - the source of a class
    found: dict[str, str] = {}
    for field, below in pairwise(written.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[name] = cleandoc(text)
    return found
