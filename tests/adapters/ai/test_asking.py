"""Requests told from remarks by their vectors."""

import numpy as np
import pytest

from outfitter.adapters.ai.asking import Asking, learnt
from outfitter.adapters.ai.rows import Rows, of_length_one

HERE, THERE, BESIDE = np.eye(3, dtype=np.float32)


def _around(*middles: Rows, count: int = 200) -> Rows:
    """So many vectors near each of these."""
    dice = np.random.default_rng(0)
    noise = dice.normal(0, 0.3, (count * len(middles), 3)).astype(np.float32)
    return of_length_one(np.repeat(np.array(middles), count, axis=0) + noise)


def _right(asking: Asking, requests: Rows, remarks: Rows) -> float:
    """The share of requests and remarks that are taken for what they are."""
    return float(np.mean([*(asking(requests) > 0), *(asking(remarks) < 0)]))


def test_what_lies_on_two_sides_of_the_remarks_is_learnt() -> None:
    # No plane has the remarks on one side of it and all requests on the other.
    requests, remarks = _around(HERE, -HERE), _around(THERE, -THERE)
    assert _right(learnt([requests], remarks), requests, remarks) > 0.9


def test_a_small_group_of_requests_counts_as_much_as_a_large_one() -> None:
    many, few, remarks = _around(HERE, count=2_000), _around(BESIDE, count=20), _around(THERE)
    assert _right(learnt([many, few], remarks), few, remarks) > 0.9


def test_the_same_is_learnt_each_time() -> None:
    requests, remarks = _around(HERE), _around(THERE)
    one, other = (learnt([requests], remarks)(remarks) for _ in range(2))
    assert np.array_equal(one, other)


def test_what_was_stored_answers_as_before() -> None:
    requests, remarks = _around(HERE), _around(THERE)
    asking = learnt([requests], remarks)
    assert Asking.kept(asking.stored())(requests) == pytest.approx(asking(requests), abs=0.05)


def test_nothing_asks_for_nothing() -> None:
    asking = learnt([_around(HERE)], _around(THERE))
    assert asking(np.zeros((0, 3), dtype=np.float32)).tolist() == []
