"""The clauses of a request and the servers that do them."""

from catalogues import a_server
from outfitter.core.analysis import Candidate
from outfitter.core.talk.stepping import steps_of

CLAUSES = {1: "read the report aloud", 2: "save it as notes.md"}


def test_a_need_that_shows_in_a_clause_is_met_there_and_not_where_the_words_are_nearest() -> None:
    keeper = a_server("keeper", service="local files")
    steps, uncovered = steps_of(CLAUSES, [Candidate(keeper, 0.5, need=1)], [])
    assert [(one.text, one.server) for one in steps] == [
        ("read the report aloud", None),
        ("save it as notes.md", "keeper"),
    ]
    assert uncovered == ("read the report aloud",)


def test_a_server_for_no_need_that_shows_goes_where_it_fits_best() -> None:
    speaker = a_server("speaker")
    steps, _ = steps_of(CLAUSES, [Candidate(speaker, 0.5, need=1)], [])
    assert steps[0].server == "speaker"
