"""Text to vectors by OpenAI's small embedding model."""

from collections.abc import Iterator
from typing import Annotated

import httpx2
import numpy as np
from openai import (
    APIConnectionError,
    APIStatusError,
    AsyncOpenAI,
    DefaultAsyncHttpxClient,
    OpenAIError,
)
from pydantic import BaseModel, Field, FiniteFloat, ValidationError

from outfitter.adapters.ai.breaker import may_pass
from outfitter.adapters.ai.rows import of_length_one
from outfitter.adapters.http_body import bounded
from outfitter.core.errors import Unavailable
from outfitter.core.finding.vectors import COLUMNS, Vector

_BATCH = 256
# The service takes 8191 tokens a text; four characters a token are usual, two a safe floor.
_LONGEST = 16_000
# A batch of vectors takes a third of it.
_MOST_BYTES = 32_000_000
# Vectors of length 1 hold nothing near it, and the squares of larger ones have no end.
_LARGEST = 1e9

_Number = Annotated[FiniteFloat, Field(ge=-_LARGEST, le=_LARGEST)]


class _Embedding(BaseModel):
    """One vector of an answer, and which of the texts it is for."""

    index: int = 0
    embedding: Annotated[list[_Number], Field(min_length=COLUMNS, max_length=COLUMNS)]


class _Answer(BaseModel):
    """What is read of an answer."""

    data: list[_Embedding]


class OpenAIEmbedder:
    """OpenAI's small embedding model, or one with its interface at `base_url`."""

    model = "text-embedding-3-small"

    def __init__(self, api_key: str, base_url: str | None = None, *, timeout: float = 15.0) -> None:
        self._client = AsyncOpenAI(
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            max_retries=2,
            http_client=DefaultAsyncHttpxClient(**bounded(_MOST_BYTES)),
        )

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """One unit vector for each text.

        Raises Unavailable when the service does not give them, without repeating what it said.
        """
        found: list[Vector] = []
        for batch in _batches(texts, _BATCH):
            found += await self._embed(batch)
        return found

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _embed(self, texts: list[str]) -> list[Vector]:
        given = [text[:_LONGEST] or " " for text in texts]
        try:
            # The client's own reading checks no shape.
            answer = await self._client.embeddings.with_raw_response.create(
                model=self.model, input=given, encoding_format="float"
            )
            found = _Answer.model_validate_json(answer.content).data
        except OpenAIError as error:
            raise _unavailable(error) from None
        except ValidationError:
            raise _unreadable() from None
        if len(found) != len(texts):
            raise _unreadable()
        rows = [one.embedding for one in sorted(found, key=lambda one: one.index)]
        vectors: list[Vector] = of_length_one(np.asarray(rows, dtype=np.float32)).tolist()
        return vectors


def _batches(texts: list[str], size: int) -> Iterator[list[str]]:
    return (texts[at : at + size] for at in range(0, len(texts), size))


def _unavailable(error: OpenAIError) -> Unavailable:
    """What may be said of a failure: an answer of the service can repeat the key."""
    if isinstance(error, APIStatusError):
        passing = may_pass(error.status_code)
        what = "is busy or failing" if passing else "refused the request"
        detail = f"The embedding service {what} (status {error.status_code})."
        return Unavailable(detail, retry_after=5 if passing else 60)
    packed_or_long = isinstance(error.__cause__, httpx2.DecodingError)
    if isinstance(error, APIConnectionError) and not packed_or_long:
        return Unavailable("The embedding service cannot be reached.", retry_after=5)
    return _unreadable()


def _unreadable() -> Unavailable:
    return Unavailable("The embedding service gave an answer that cannot be read.", retry_after=5)
