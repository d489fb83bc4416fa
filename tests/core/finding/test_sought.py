"""What a message is searched for by."""

from outfitter.core.finding.capabilities import implied
from outfitter.core.finding.leaning import Leaning
from outfitter.core.finding.sought import Sought, taken_apart

MESSAGE = "read new Gmail invoices and save them to Notion"


def _embedded(message: str) -> Sought:
    sought = taken_apart(message)
    places = range(len(sought.texts))
    near = tuple({"gmail": 0.5 - at / 10} for at in places)
    return sought.leaning(Leaning([[float(at)] for at in places], near))


def test_a_message_is_searched_for_by_its_parts_and_by_what_they_imply() -> None:
    sought = taken_apart("read my mailbox and open a ticket for every complaint")
    assert sought.parts == 3
    assert sought.texts[:3] == (
        "read my mailbox and open a ticket for every complaint",
        "read my mailbox",
        "open a ticket for every complaint",
    )
    assert sought.places == (0, 1, 2, 3, 4)


def test_what_a_message_very_likely_needs_is_wanted_by_name() -> None:
    sought = _embedded(MESSAGE)
    assert sought.met == sought.likely == {"gmail"}


def test_a_name_put_right_keeps_every_vector() -> None:
    said = _embedded("read new gmial invoices and save them to Notion")
    meant = said.reworded(MESSAGE)
    assert meant.texts == taken_apart(MESSAGE).texts
    assert meant.vectors == said.vectors


def test_other_clauses_than_those_typed_keep_the_vector_of_the_whole() -> None:
    said = _embedded(MESSAGE)
    meant = said.reworded("read new invoices")
    assert (meant.texts, meant.places) == (("read new invoices",), (0,))
    assert meant.vectors == said.vectors[:1]
    assert meant.known == said.known[:1]


def test_what_other_words_imply_is_not_looked_for_where_it_is_not_kept() -> None:
    said = _embedded(MESSAGE)
    implied.cache_clear()
    said.reworded("read new invoices and save them to Slack")
    assert implied.cache_info().misses == 0
