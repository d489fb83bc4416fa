"""The one way this product writes a value: frozen, strict about unknown fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value that can be stored as JSON and read back."""

    model_config = ConfigDict(frozen=True, extra="forbid")
