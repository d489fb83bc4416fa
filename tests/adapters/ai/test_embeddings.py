"""Vectors from the model in the package, and from a service with OpenAI's interface."""

import asyncio
import importlib.util
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest

from outfitter.adapters.ai import openai_embeddings
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.openai_embeddings import OpenAIEmbedder
from outfitter.core.errors import Unavailable
from outfitter.core.finding.vectors import COLUMNS
from stand_ins.openai_server import OpenAIServer, openai_server

KEY = "sk-planted-embedding-key"


@pytest.fixture(scope="module")
def local() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with openai_server() as state:
        yield state


@pytest.fixture
async def embed(server: OpenAIServer) -> AsyncIterator[OpenAIEmbedder]:
    embedder = OpenAIEmbedder(KEY, server.url, timeout=5)
    yield embedder
    await embedder.close()


async def test_local_vectors_are_unit_vectors_as_wide_as_the_model(local: LocalEmbedder) -> None:
    vectors = await local(["Save invoices", ""])
    for vector in vectors:
        assert len(vector) == local.dimensions
        assert np.dot(vector, vector) == pytest.approx(1, abs=1e-5)


async def test_texts_that_mean_the_same_are_near(local: LocalEmbedder) -> None:
    mail, inbox, cooking = await local(
        ["read my e-mail", "look through the messages in my inbox", "a recipe for onion soup"]
    )
    assert np.dot(mail, inbox) > 0.5 > np.dot(mail, cooking) + 0.2


async def test_a_text_has_the_same_vector_alone_and_in_company(local: LocalEmbedder) -> None:
    (alone,) = await local(["post to Slack"])
    among = await local([*(f"text number {at} " * at for at in range(20)), "post to Slack"])
    assert np.dot(alone, among[-1]) == pytest.approx(1, abs=1e-3)


async def test_the_event_loop_goes_on_while_texts_are_embedded(local: LocalEmbedder) -> None:
    await local(["warm"])
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    beating = asyncio.create_task(beat())
    await local([f"a few words about work number {number}" for number in range(64)])
    beating.cancel()
    assert beats > 4
    assert sum(one.name.startswith("embed") for one in threading.enumerate()) == 1


def test_what_runs_the_model_knows_no_address_to_report_to() -> None:
    found = importlib.util.find_spec("onnxruntime")
    assert found
    assert found.origin
    libraries = list(Path(found.origin).parent.glob("capi/*.so*"))
    assert libraries
    assert not [one.name for one in libraries if b"data.microsoft.com" in one.read_bytes()]


async def test_nothing_to_embed_gives_nothing_and_loads_nothing() -> None:
    assert await LocalEmbedder()([]) == []


async def test_the_service_is_asked_for_its_small_model_with_the_key(
    embed: OpenAIEmbedder, server: OpenAIServer
) -> None:
    vectors = await embed(["one", "three"])
    assert server.bodies[0]["model"] == embed.model == "text-embedding-3-small"
    assert server.keys == [KEY]
    assert [vector.index(1.0) for vector in vectors] == [3, 5]
    assert [len(vector) for vector in vectors] == [COLUMNS, COLUMNS]


async def test_many_texts_go_in_batches_and_come_back_in_order(
    embed: OpenAIEmbedder, server: OpenAIServer
) -> None:
    server.backwards = True
    texts = ["x" * (1 + at % 40) for at in range(600)]
    vectors = await embed(texts)
    assert [vector.index(1.0) for vector in vectors] == [len(text) for text in texts]
    assert [len(batch) for batch in server.inputs] == [256, 256, 88]


async def test_a_passing_fault_is_tried_again(embed: OpenAIEmbedder, server: OpenAIServer) -> None:
    server.statuses = [500]
    assert len(await embed(["one"])) == 1
    assert len(server.bodies) == 2


@pytest.mark.proves("R-35")
@pytest.mark.parametrize("status", [400, 401, 403, 429, 503])
async def test_a_failure_is_unavailable_and_never_repeats_the_key(
    embed: OpenAIEmbedder, server: OpenAIServer, status: int
) -> None:
    server.statuses = [status] * 5
    with pytest.raises(Unavailable) as caught:
        await embed(["one"])
    assert str(status) in caught.value.detail
    assert KEY not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.retry_after > 0


async def test_vectors_of_another_number_or_size_are_refused(
    embed: OpenAIEmbedder, server: OpenAIServer
) -> None:
    server.one_short = True
    with pytest.raises(Unavailable):
        await embed(["one", "two"])
    server.one_short, server.dimensions = False, 8
    with pytest.raises(Unavailable):
        await embed(["one"])


async def test_a_service_that_is_not_there_is_unavailable(server: OpenAIServer) -> None:
    gone = server.url.replace(server.url.rsplit(":", 1)[1], "9/v1")
    embedder = OpenAIEmbedder(KEY, gone, timeout=2)
    with pytest.raises(Unavailable, match="reached"):
        await embedder(["one"])
    await embedder.close()


async def test_an_answer_is_read_to_a_bound(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_embeddings, "_MOST_BYTES", 100_000)
    embedder = OpenAIEmbedder(KEY, server.url, timeout=5)
    assert len(await embedder(["one"] * 5)) == 5
    with pytest.raises(Unavailable, match="cannot be read"):
        await embedder(["one"] * 50)
    await embedder.close()


@pytest.mark.parametrize(
    "rubbish",
    [
        b"not JSON",
        b"null",
        b"[]",
        b'{"data": null}',
        b'{"data": [null]}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 0, "embedding": [%s]}]}' % b",".join([b"NaN"] * COLUMNS),
        b'{"data": [{"index": 0, "embedding": [%s]}]}' % b",".join([b"null"] * COLUMNS),
        b'{"data": [{"index": 0, "embedding": [%s]}]}' % b",".join([b"1e39"] * COLUMNS),
        b'{"data": [{"index": 0, "embedding": [%s]}]}' % b",".join([b"-1e20"] * COLUMNS),
    ],
)
async def test_an_answer_that_holds_no_vectors_is_unavailable(
    embed: OpenAIEmbedder, server: OpenAIServer, rubbish: bytes
) -> None:
    server.rubbish = rubbish
    with pytest.raises(Unavailable):
        await embed(["one"])
