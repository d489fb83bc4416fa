"""Questions about the service told from all else, and from each other."""

import numpy as np
import pytest

from outfitter.adapters.ai import service_topics, typical_needs
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.examples import Examples
from outfitter.adapters.ai.rows import Rows
from outfitter.adapters.ai.service_topics import Said, ServiceTopics
from outfitter.core.talk.about_service import ABOUT_SERVICE

COST = ["what does it cost", "is it free", "do I pay each month", "how much is a year of this"]
KEYS = ["is my key safe", "who sees my password", "are tokens encrypted", "do you store my key"]
ALIKE = ["post what AWS costs each month", "list who can see the folder"]
OTHERS = ["send the invoice to Anna", "the weather is nice", "save photos to Drive", "thank you"]


@pytest.fixture
async def topics(embed: LocalEmbedder) -> ServiceTopics:
    """What two topics of a few questions teach."""
    known = {"cost": await _said(embed, COST), "keys": await _said(embed, KEYS)}
    alike, others = [await _said(embed, some * 5) for some in (ALIKE, OTHERS)]
    return service_topics.learnt(known, alike, others)


@pytest.fixture(scope="module")
def shipped() -> ServiceTopics:
    """The one in the package."""
    with np.load(typical_needs.FILE) as held:
        return ServiceTopics.kept(held)


def _topic(topics: ServiceTopics, text: str, rows: Rows | None = None) -> str:
    """The topic of what is a question about the service, else nothing."""
    asked = topics.is_asked(topics.sureness(text, rows), asking=0.0)
    return topics.topic(text, rows) if asked else ""


async def _said(embed: LocalEmbedder, texts: list[str]) -> Said:
    return Said(texts, await _rows(embed, *texts))


async def _rows(embed: LocalEmbedder, *texts: str) -> Rows:
    return np.array(await embed(list(texts)), dtype=np.float32)


@pytest.mark.parametrize(
    ("text", "topic"), [(COST[0], "cost"), (KEYS[0], "keys"), (ALIKE[0], ""), (OTHERS[0], "")]
)
async def test_a_question_has_its_topic_and_all_else_has_none(
    text: str, topic: str, topics: ServiceTopics, embed: LocalEmbedder
) -> None:
    assert _topic(topics, text, await _rows(embed, text)) == topic


async def test_what_was_stored_tells_the_same(topics: ServiceTopics, embed: LocalEmbedder) -> None:
    again = ServiceTopics.kept(topics.stored)
    for text in (*COST, *KEYS, *ALIKE, *OTHERS):
        rows = await _rows(embed, text)
        assert again.sureness(text, rows) == pytest.approx(topics.sureness(text, rows), abs=0.05)
        assert again.topic(text, rows) == topics.topic(text, rows)
        assert again.topic(text) == topics.topic(text)


def test_every_topic_that_is_taught_has_an_answer(shipped: ServiceTopics) -> None:
    taught = {one.topic for one in Examples.read().topics if one.topic}
    assert set(shipped.topics) == taught <= ABOUT_SERVICE.keys()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("is there a monthly fee for this?", "cost"),
        ("which company is it that runs this", "operator"),
        ("do you speak Portuguese as well", "identity"),
        ("does it keep working when my laptop is switched off?", "running"),
        ("where do I find the agents I made", "agents"),
        ("do you use my messages to train a model", "data"),
        ("list the open pull requests of our repository", ""),
        ("monitor Gmail for invoices and save them to Notion", ""),
        ("could you text me when it rains", ""),
        ("use Slack instead", ""),
    ],
)
async def test_the_one_that_ships_knows_what_nobody_taught_it(
    text: str, topic: str, shipped: ServiceTopics, embed: LocalEmbedder
) -> None:
    assert _topic(shipped, text, await _rows(embed, text)) == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [("what does this service cost me?", "cost"), ("send the invoice to Anna", "")],
)
def test_words_alone_tell_what_is_plain(text: str, topic: str, shipped: ServiceTopics) -> None:
    assert _topic(shipped, text) == topic


def test_what_surely_asks_for_a_server_must_ask_more_surely_about_the_service(
    shipped: ServiceTopics,
) -> None:
    assert shipped.is_asked(2.0, asking=0.0)
    assert shipped.is_asked(2.0, asking=-9.0)
    assert not shipped.is_asked(2.0, asking=9.0)
