"""Claude is asked the right way, and whatever it does, somebody answers in time."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from catalogues import GMAIL, NOTION, SLACK, candidates
from outfitter.adapters.ai import claude as adapter
from outfitter.adapters.ai.claude import Bounds, Called, ClaudeAnalyzer
from outfitter.adapters.ai.fallback import ModelFailed, WithFallback
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.plan import Plan
from stand_ins.claude_server import ClaudeStandIn, Mode
from waiting import soon

QUESTION = Question(
    message="Watch Gmail for invoices and save them to Notion",
    clauses=("Watch Gmail for invoices and save them to Notion",),
    shortlist=candidates(GMAIL, NOTION, SLACK),
    plan=Plan(),
)
OFFLINE = Analysis(intent=Intent.NOTHING, reply="offline")


@pytest.fixture
def claude() -> Iterator[ClaudeStandIn]:
    """The stand-in, ready to answer."""
    with ClaudeStandIn() as server:
        yield server


@pytest.fixture
async def analyzer(claude: ClaudeStandIn) -> AsyncIterator[ClaudeAnalyzer]:
    """An analyzer with little patience."""
    one = an_analyzer(claude)
    yield one
    await one.close()


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly anything passes between two tries."""
    monkeypatch.setattr(adapter, "_FIRST_WAIT", 0.01)


def an_analyzer(
    claude: ClaudeStandIn, *, timeout: float = 5.0, called: Called | None = None
) -> ClaudeAnalyzer:
    return ClaudeAnalyzer(
        api_key="sk-ant-sentinel-key",
        model="claude-haiku-5-5",
        base_url=claude.url,
        bounds=Bounds(1000, timeout),
        called=called,
    )


async def failure_of(analyzer: ClaudeAnalyzer, *, within: float = 10.0) -> str:
    with pytest.raises(ModelFailed) as caught:
        await analyzer(QUESTION, soon(within))
    assert "sentinel" not in repr(caught.value)
    assert caught.value.__cause__ is None
    return caught.value.reason


@pytest.mark.parametrize("mode", ["ok", "thinking", "fenced", "prose", "uncounted"])
async def test_a_plan_is_read_however_it_is_wrapped(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode
) -> None:
    claude.usual = mode
    analysis = await analyzer(QUESTION, soon())
    assert analysis.intent is Intent.PLAN
    assert [step.server for step in analysis.steps] == ["gmail", "notion"]
    assert len(claude.seen) == 1


async def test_the_request_asks_for_structured_output_with_little_effort(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    await analyzer(QUESTION, soon())
    body = claude.seen[0]
    assert body["model"] == "claude-haiku-5-5"
    assert body["max_tokens"] == 1000
    assert body["output_config"]["effort"] == "low"
    assert body["output_config"]["format"]["type"] == "json_schema"
    assert not {"tools", "tool_choice", "temperature", "top_p", "stream"} & set(body)
    assert claude.headers[0]["authorization"] == "Bearer sk-ant-sentinel-key"


async def test_a_model_without_effort_is_asked_again_and_never_again_with_it(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "no_effort"
    await analyzer(QUESTION, soon())
    await analyzer(QUESTION, soon())
    assert ["effort" in body["output_config"] for body in claude.seen] == [True, False, False]


@pytest.mark.proves("R-53")
async def test_made_up_servers_do_not_come_through(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "unknown"
    analysis = await analyzer(QUESTION, soon())
    assert [step.server for step in analysis.steps] == ["gmail", "notion", None]
    assert analysis.uncovered == ("Send a fax",)


async def test_a_refusal_is_not_argued_with(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "refusal"
    assert await failure_of(analyzer) == "refused"
    assert len(claude.seen) == 1


async def test_a_cut_off_answer_gets_twice_the_room_once(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.next("truncated", "ok")
    assert (await analyzer(QUESTION, soon())).steps
    claude.next("truncated", "truncated")
    assert await failure_of(analyzer) == "truncated"
    assert [body["max_tokens"] for body in claude.seen] == [1000, 2000, 1000, 2000]


@pytest.mark.parametrize("mode", ["invalid", "list", "empty", "html"])
async def test_rubbish_is_asked_for_once_more_and_then_given_up(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode
) -> None:
    claude.next(mode, "ok")
    assert (await analyzer(QUESTION, soon())).steps
    claude.usual = mode
    assert await failure_of(analyzer) == "rubbish"
    assert len(claude.seen) == 4


@pytest.mark.parametrize("mode", ["long", "long_refusal", "packed"])
async def test_an_answer_is_read_to_a_bound(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode
) -> None:
    claude.usual, claude.padding = mode, 1_900_000 if mode == "long" else 2_100_000
    if mode == "long":
        assert (await analyzer(QUESTION, soon())).intent is Intent.PLAN
        claude.padding += 200_000
    claude.seen.clear()
    assert await failure_of(analyzer) == "rubbish"
    assert len(claude.seen) == 2


async def test_what_users_write_is_not_sent_on_to_another_address(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    with ClaudeStandIn() as other:
        claude.usual, claude.elsewhere = "moved", f"{other.url}/v1/messages"
        assert await failure_of(analyzer) == "bad_request"
        assert other.seen == []


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize("mode", ["rate_limited", "error", "overloaded", "reset", "broken_off"])
async def test_a_passing_fault_is_waited_out(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode
) -> None:
    claude.next(mode)
    assert (await analyzer(QUESTION, soon())).steps
    assert len(claude.seen) == 2


async def test_the_pause_that_the_model_asks_for_is_kept(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.next("rate_limited")
    claude.retry_after = "0.4"
    begun = time.monotonic()
    assert (await analyzer(QUESTION, soon())).steps
    assert time.monotonic() - begun >= 0.4


async def test_each_try_is_told_with_its_outcome_its_seconds_and_its_tokens(
    claude: ClaudeStandIn,
) -> None:
    told: list[tuple[str, float, int, int]] = []
    analyzer = an_analyzer(claude, called=lambda *call: told.append(call))
    claude.next("rate_limited", "ok", "uncounted")
    claude.retry_after = "0.01"
    await analyzer(QUESTION, soon())
    await analyzer(QUESTION, soon())
    await analyzer.close()

    assert [(outcome, read, written) for outcome, _, read, written in told] == [
        ("rate_limited", 0, 0),
        ("answered", 900, 120),
        ("answered", 0, 0),
    ]
    assert all(0 < seconds < 10 for _, seconds, _, _ in told)


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("rate_limited", "rate_limited"),
        ("error", "server_error"),
        ("overloaded", "overloaded"),
        ("reset", "unreachable"),
        ("broken_off", "unreachable"),
    ],
)
async def test_a_lasting_fault_ends_after_three_calls(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode, reason: str
) -> None:
    claude.usual = mode
    assert await failure_of(analyzer) == reason
    assert len(claude.seen) == 3


@pytest.mark.parametrize(
    ("mode", "reason", "calls"),
    [("bad_request", "bad_request", 2), ("unauthorized", "no_access", 1)],
)
async def test_a_fault_of_ours_is_not_repeated(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, mode: Mode, reason: str, calls: int
) -> None:
    claude.usual = mode
    assert await failure_of(analyzer) == reason
    assert len(claude.seen) == calls


async def test_a_wait_past_the_deadline_is_not_begun(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "rate_limited"
    claude.retry_after = "600"
    begun = time.monotonic()
    assert await failure_of(analyzer) == "rate_limited"
    # To wait for as long as the deadline allows would take ten seconds.
    assert time.monotonic() - begun < 5
    assert len(claude.seen) == 1


@pytest.mark.proves("R-63")
@pytest.mark.parametrize(("one_try", "deadline"), [(0.2, 1.0), (20.0, 0.5)])
async def test_a_hanging_model_is_left_before_the_deadline(
    claude: ClaudeStandIn, one_try: float, deadline: float
) -> None:
    claude.usual = "hang"
    analyzer = an_analyzer(claude, timeout=one_try)
    begun = time.monotonic()
    assert await failure_of(analyzer, within=deadline) == "timeout"
    assert time.monotonic() - begun < deadline + 5
    await analyzer.close()


async def test_a_slow_answer_is_waited_for(claude: ClaudeStandIn, analyzer: ClaudeAnalyzer) -> None:
    claude.delay = 0.3
    assert (await analyzer(QUESTION, soon())).steps


@pytest.mark.usefixtures("short_waits")
async def test_a_model_that_is_down_is_soon_left_alone(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "overloaded"
    reasons = [await failure_of(analyzer) for _ in range(100)]
    assert reasons[-1] == "resting"
    assert len(claude.seen) <= 20


async def test_nobody_listening_is_a_failure_like_any_other() -> None:
    analyzer = ClaudeAnalyzer(
        api_key="sk-ant-sentinel-key",
        model="m",
        base_url="http://127.0.0.1:9",
    )
    assert await failure_of(analyzer, within=0.4) in {"unreachable", "timeout"}
    await analyzer.close()


@pytest.mark.proves("R-35")
async def test_neither_text_nor_key_is_logged(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        claude.next("error", "invalid")
        await failure_of(analyzer)
        await WithFallback(analyzer, lambda _: OFFLINE, deadline=10)(QUESTION, soon(0))
    assert "invoices" not in caplog.text
    assert "sentinel" not in caplog.text


async def test_many_questions_at_once_are_all_answered(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.delay = 0.1
    answers = await asyncio.gather(*(analyzer(QUESTION, soon()) for _ in range(20)))
    assert all(answer.steps for answer in answers)


async def test_without_a_model_the_offline_analyzer_answers() -> None:
    alone = WithFallback(None, lambda _: OFFLINE, deadline=10)
    assert await alone(QUESTION, 0.0) == (OFFLINE, "offline")


async def test_the_fallback_says_who_answered(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    both = WithFallback(analyzer, lambda _: OFFLINE, deadline=10)
    assert (await both(QUESTION, soon(0)))[1] == "claude"
    claude.usual = "refusal"
    assert await both(QUESTION, soon(0)) == (OFFLINE, "offline")


async def test_what_came_before_it_in_a_turn_leaves_the_model_less_time(
    claude: ClaudeStandIn, analyzer: ClaudeAnalyzer
) -> None:
    claude.usual = "hang"
    both = WithFallback(analyzer, lambda _: OFFLINE, deadline=10)
    begun = time.monotonic()
    assert await both(QUESTION, soon(-9.7)) == (OFFLINE, "offline")
    assert 0.2 < time.monotonic() - begun < 5
