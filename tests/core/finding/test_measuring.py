"""Many answers scored together."""

import pytest

from outfitter.core.finding.measuring import Case, Pick, score
from outfitter.core.finding.scoring import needs

ONE = Case("one", "mail", needs(["gmail"]))
TWO = Case("two", "mail and notes", needs(["gmail", "notion"]))
NONE = Case("none", "hello", ())


def found(*ranked: str, chosen: tuple[str, ...] = (), ms: float = 1.0) -> Pick:
    """An answer with this ranking."""
    return Pick(ranked, chosen, ms)


def test_requests_count_alike_whatever_they_need() -> None:
    result = score(
        [ONE, TWO],
        [found("gmail", chosen=("gmail",)), found("slack", "gmail", chosen=("gmail", "slack"))],
    )

    assert (result.requests, result.several, result.negatives) == (2, 1, 0)
    assert result.recall_at == {1: 0.5, 5: 0.75, 10: 0.75, 20: 0.75}
    assert result.all_at_10 == 0
    assert (result.precision, result.recall, result.f1) == (0.75, 0.75, 0.75)
    assert result.abstention is None


def test_requests_without_a_need_are_judged_by_abstention_alone() -> None:
    silent = found("gmail", "slack")
    result = score([ONE, NONE, NONE], [found("gmail"), silent, found(chosen=("gmail",))])

    assert (result.requests, result.negatives) == (1, 2)
    assert result.abstention == 0.5
    assert result.recall_at[1] == 1
    assert result.all_at_10 is None


def test_with_nothing_but_such_requests_there_is_no_ranking_to_judge() -> None:
    result = score([NONE], [found()])

    assert result.abstention == 1
    assert (result.recall_at, result.f1, result.ndcg_at_10) == ({}, None, None)


def test_times_are_told_as_they_are_spread() -> None:
    result = score([ONE] * 20, [found("gmail", ms=ms) for ms in range(20)])

    assert (result.ms_median, result.ms_p95) == (10, 19)


def test_every_request_must_have_its_answer() -> None:
    with pytest.raises(ValueError, match="argument"):
        score([ONE, TWO], [found("gmail")])
