"""What several tests of the models share."""

from collections.abc import AsyncIterator

import pytest

from outfitter.adapters.ai.embeddings import LocalEmbedder


@pytest.fixture
async def embed() -> AsyncIterator[LocalEmbedder]:
    """The model in the package, which embedded the examples."""
    embedder = LocalEmbedder()
    yield embedder
    await embedder.close()
