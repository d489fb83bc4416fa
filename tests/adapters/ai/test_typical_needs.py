"""What people say who need something."""

from pathlib import Path

import numpy as np
import pytest

from outfitter.adapters.ai import typical_needs
from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.examples import Examples, digest
from outfitter.adapters.ai.typical_needs import TypicalNeeds
from outfitter.adapters.files import catalogue_files
from outfitter.core.analysis import Told
from outfitter.core.finding.leaning import Leaning


async def _lean(embed: LocalEmbedder, text: str) -> Leaning:
    return TypicalNeeds()(text, await embed([text]))


def test_the_vectors_that_ship_are_those_of_the_examples() -> None:
    with np.load(typical_needs.FILE) as held:
        assert str(held["made_of"]) == digest(), "run `outfitter catalogue vectors`"
    assert TypicalNeeds().model == LocalEmbedder.model


async def test_vectors_come_to_the_same_whenever_they_are_made(
    tmp_path: Path, embed: LocalEmbedder
) -> None:
    known = Examples.read()
    topics = tuple(one.model_copy(update={"examples": one.examples[:5]}) for one in known.topics)
    few = Examples(known.needs[:1], known.requests[:5], known.remarks[:5], topics)
    made = []
    file = tmp_path / "vectors.npz"
    file.touch()
    with file.open("rb") as before:
        for _ in range(2):
            await typical_needs.write(file, embed, embed.model, few)
            made.append(TypicalNeeds(file))
        # A file that is there was not written into.
        assert before.read() == b""
    vector = await embed([few.needs[0].examples[0]])
    assert made[0]("", vector) == made[1]("", vector)


def test_every_service_that_meets_a_need_is_in_the_catalogue() -> None:
    names = {one.name for one in catalogue_files.builtin()}
    met = {service for one in Examples.read().needs for service in one.services}
    assert met <= names


def test_a_service_is_known_by_the_needs_it_meets() -> None:
    met = TypicalNeeds().met
    assert met["pagerduty"] & met["rootly"]
    assert met["spotify"].isdisjoint(met["elevenlabs"])
    assert "nobody" not in met


def test_no_two_examples_are_the_same() -> None:
    known = Examples.read()
    needs = (text for one in known.needs for text in one.examples)
    said = [text.lower() for text in (*needs, *known.requests, *known.remarks)]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("my clients should get an SMS the evening before", "twilio"),
        ("who of our customers is behind with paying?", "xero"),
        ("did it rain in Leeds", "weather"),
        ("our site feels slow for visitors, show me the errors", "sentry"),
        ("turn the lamp in the hall off", "home-assistant"),
    ],
)
async def test_a_text_leans_to_the_services_that_meet_what_it_asks_for(
    text: str, service: str, embed: LocalEmbedder
) -> None:
    found = await _lean(embed, text)
    (near,) = found.known
    assert near.get(service, 0) >= max(near.values()) - 0.1
    assert found.asking > 0


@pytest.mark.parametrize(
    "text",
    [
        "why do leaves fall in autumn",
        "what a long day this was",
        "my boss is getting on my nerves",
        "what do you think about love?",
    ],
)
async def test_small_talk_and_musing_ask_for_nothing(text: str, embed: LocalEmbedder) -> None:
    assert (await _lean(embed, text)).asking < 0


async def test_a_vector_is_drawn_towards_the_need_and_stays_of_length_one(
    embed: LocalEmbedder,
) -> None:
    (text,) = await embed(["tell the family group chat that I landed"])
    (found,) = TypicalNeeds()("", [text]).vectors
    assert sum(x * x for x in found) == pytest.approx(1, abs=1e-5)
    assert 0.5 < sum(a * b for a, b in zip(text, found, strict=True)) < 0.999


async def test_a_message_asks_for_something_as_surely_as_the_whole_of_it(
    embed: LocalEmbedder,
) -> None:
    whole, part = await embed(["read my mail and send me an SMS", "what a long day this was"])
    lean = TypicalNeeds()
    assert lean("", [whole, part]).asking == pytest.approx(lean("", [whole]).asking)
    assert lean("", [whole, part]).asking > 0 > lean("", [part, whole]).asking


async def test_a_part_is_nearer_to_a_need_that_its_words_speak_of(embed: LocalEmbedder) -> None:
    text = "have the minutes read aloud to me"
    lean, vectors = TypicalNeeds(), await embed([text])
    (near,) = lean(text, vectors).known
    (heard,) = lean(text, vectors, [Told(0, 0, text, lean.hear)]).known
    assert heard["elevenlabs"] > near["elevenlabs"]
    assert max(heard, key=heard.__getitem__) == "elevenlabs"


async def test_the_words_of_a_message_count_beside_its_vector(embed: LocalEmbedder) -> None:
    lean, vectors = TypicalNeeds(), await embed(["the calendar of our club"])
    request, remark = "put it into the calendar please", "I used to have a calendar, remember?"
    assert lean(request, vectors).asking > lean(remark, vectors).asking


def test_words_alone_tell_a_request_from_a_remark_for_any_model() -> None:
    lean, vectors = TypicalNeeds().by_words, [[0.6, 0.8]]
    request = lean("text me when a new order comes in", vectors)
    assert request.asking > 0 > lean("lol, that made my whole day", vectors).asking
    assert (request.vectors, request.known) == (vectors, ())
