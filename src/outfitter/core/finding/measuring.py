"""Many requests scored together: how well servers are found and chosen, and how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from outfitter.core.finding.scoring import Needs, all_at, choice, ndcg_at, quantile, recall_at
from outfitter.core.value import Value

DEPTHS = (1, 5, 10, 20)
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A request with the needs that a good answer meets; none where nothing should be chosen."""

    id: str
    query: str
    needs: Needs


@dataclass(frozen=True, slots=True)
class Pick:
    """The servers ranked and chosen for a request, best first, and how long it took."""

    ranked: tuple[str, ...]
    chosen: tuple[str, ...]
    ms: float


class Score(Value):
    """The means over all requests; a measure is None where no request shows it.

    `recall_at` is the share of needs met within a depth of the ranking, `all_at_10` the share of
    the requests with several needs that have all of them there, `abstention` the share of the
    requests without a need for which nothing was chosen.
    """

    requests: int
    several: int
    negatives: int
    recall_at: dict[int, float]
    all_at_10: float | None
    ndcg_at_10: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    abstention: float | None
    ms_median: float
    ms_p95: float


def score(asked: Sequence[Case], found: Sequence[Pick]) -> Score:
    """How good the answers to these requests are; there must be one request at least."""
    pairs = list(zip(asked, found, strict=True))
    wanting = [(one.needs, it) for one, it in pairs if one.needs]
    idle = [it for one, it in pairs if not one.needs]
    several = [(needs, it) for needs, it in wanting if len(needs) > 1]
    choices = [choice(it.chosen, needs) for needs, it in wanting]
    times = [it.ms for it in found]
    return Score(
        requests=len(wanting),
        several=len(several),
        negatives=len(idle),
        recall_at={
            depth: fmean(recall_at(it.ranked, needs, depth) for needs, it in wanting)
            for depth in DEPTHS
            if wanting
        },
        all_at_10=_mean([all_at(it.ranked, needs, _DEPTH) for needs, it in several]),
        ndcg_at_10=_mean([ndcg_at(it.ranked, needs, _DEPTH) for needs, it in wanting]),
        precision=_mean([one.precision for one in choices]),
        recall=_mean([one.recall for one in choices]),
        f1=_mean([one.f1 for one in choices]),
        abstention=_mean([not it.chosen for it in idle]),
        ms_median=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
    )


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
