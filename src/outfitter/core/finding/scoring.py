"""How good a ranking and a choice are, measured against the servers a request needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

Needs = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a choice compares with what was needed, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def needs(servers: Sequence[str], any_of: Sequence[Sequence[str]] | None = None) -> Needs:
    """The needs of a request, each as the set of servers of which any one will do.

    >>> needs(["gmail", "notion"]) == (frozenset({"gmail"}), frozenset({"notion"}))
    True
    """
    if any_of:
        return tuple(frozenset(names) for names in any_of)
    return tuple(frozenset([name]) for name in servers)


def recall_at(ranked: Sequence[str], wanted: Needs, depth: int) -> float:
    """The share of the needs that the first servers of a ranking meet."""
    top = set(ranked[:depth])
    return sum(bool(top & one) for one in wanted) / len(wanted)


def all_at(ranked: Sequence[str], wanted: Needs, depth: int) -> bool:
    """Whether the first servers of a ranking meet every need."""
    return recall_at(ranked, wanted, depth) == 1.0


def ndcg_at(ranked: Sequence[str], wanted: Needs, depth: int) -> float:
    """The gain of a ranking over the best possible one, later places counting less."""
    open_needs = list(wanted)
    gain = 0.0
    for place, name in enumerate(ranked[:depth]):
        met = next((one for one in open_needs if name in one), None)
        if met is not None:
            open_needs.remove(met)
            gain += 1 / log2(place + 2)
    return gain / sum(1 / log2(place + 2) for place in range(min(depth, len(wanted))))


def choice(chosen: Sequence[str], wanted: Needs) -> Accuracy:
    """How a choice compares with the needs; two servers for one need count as one right.

    Where nothing is needed, choosing nothing is perfect and anything else is worth nothing.

    >>> choice(["gmail", "slack"], needs(["gmail", "notion"]))
    Accuracy(precision=0.5, recall=0.5)
    """
    if not wanted:
        right = float(not chosen)
        return Accuracy(right, right)
    met = sum(any(name in one for name in chosen) for one in wanted)
    return Accuracy(min(1.0, met / len(chosen)) if chosen else 0.0, met / len(wanted))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies.

    >>> quantile([3.0, 1.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
