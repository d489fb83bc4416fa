"""The measures by which rankings and choices are judged."""

from math import log2

import pytest

from outfitter.core.finding.scoring import all_at, choice, ndcg_at, needs, quantile, recall_at

TWO = needs(["gmail", "notion"])


def test_recall_is_the_share_of_needs_met_within_the_depth() -> None:
    assert recall_at(["gmail", "slack", "notion"], TWO, 2) == 0.5
    assert recall_at(["gmail", "slack", "notion"], TWO, 3) == 1.0


def test_any_server_of_a_set_meets_its_need() -> None:
    either = needs(["gmail"], [["gmail", "imap"], ["notion"]])
    assert recall_at(["imap", "notion"], either, 2) == 1.0


def test_all_at_wants_every_need() -> None:
    assert not all_at(["gmail", "slack"], TWO, 2)
    assert all_at(["gmail", "notion"], TWO, 2)


def test_the_best_order_has_a_gain_of_one_and_later_places_count_less() -> None:
    assert ndcg_at(["gmail", "notion"], TWO, 10) == pytest.approx(1)
    late = ndcg_at(["slack", "gmail", "notion"], TWO, 10)
    assert late == pytest.approx((1 / log2(3) + 1 / 2) / (1 + 1 / log2(3)))
    assert ndcg_at(["slack"], TWO, 10) == 0


def test_a_need_that_is_met_twice_gains_once() -> None:
    either = needs([], [["gmail", "imap"]])
    assert ndcg_at(["gmail", "imap"], either, 10) == pytest.approx(1)
    assert choice(["gmail", "imap"], either).precision == 0.5


@pytest.mark.parametrize(
    ("chosen", "precision", "recall", "f1"),
    [
        (["gmail", "notion"], 1, 1, 1),
        (["gmail"], 1, 0.5, 2 / 3),
        (["gmail", "notion", "slack", "figma"], 0.5, 1, 2 / 3),
        (["slack"], 0, 0, 0),
        ([], 0, 0, 0),
    ],
    ids=["both", "one of them", "two too many", "another", "none"],
)
def test_a_choice_is_judged_by_what_is_too_much_and_what_is_missing(
    chosen: list[str], precision: float, recall: float, f1: float
) -> None:
    found = choice(chosen, TWO)
    assert (found.precision, found.recall, found.f1) == pytest.approx((precision, recall, f1))


def test_where_nothing_is_needed_choosing_nothing_is_perfect() -> None:
    assert choice([], ()).f1 == 1
    assert choice(["gmail"], ()).f1 == 0


def test_a_quantile_is_one_of_the_values() -> None:
    assert [quantile([4, 1, 3, 2], share) for share in (0, 0.5, 0.95, 1)] == [1, 3, 4, 4]
