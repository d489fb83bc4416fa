"""A logistic model over many rare signs."""

import numpy as np
import pytest

from outfitter.adapters.ai.logistic import Case, learnt, whole

HERE, THERE, BOTH = 0, 1, 2


def test_a_sign_weighs_towards_what_it_was_seen_with() -> None:
    cases = [Case((HERE, BOTH), is_so=True), Case((THERE, BOTH), is_so=False)] * 10
    weights = learnt(cases, 3, shrink=1.0)
    assert weights[HERE] > 0.5 > abs(weights[BOTH]) > -0.5 > weights[THERE]


def test_a_case_counts_as_much_as_it_weighs() -> None:
    cases = [Case((HERE,), is_so=True, weight=3.0), Case((HERE,), is_so=False)] * 10
    assert learnt(cases, 1, shrink=1.0)[HERE] > 0


def test_what_was_never_seen_weighs_nothing() -> None:
    assert learnt([Case((HERE,), is_so=True)], 2, shrink=1.0)[THERE] == 0


def test_the_more_weights_are_shrunk_the_less_they_weigh() -> None:
    cases = [Case((HERE,), is_so=True)] * 5
    assert learnt(cases, 1, shrink=0.5)[HERE] > learnt(cases, 1, shrink=5.0)[HERE] > 0


def test_whole_numbers_keep_how_weights_compare() -> None:
    weights, scale = whole(np.array([1.0, -0.5, 0.0]))
    assert weights.tolist() == [127, -64, 0]
    assert (weights * scale).tolist() == pytest.approx([1.0, -0.5, 0.0], abs=0.01)
