"""Parts as they come from the settings."""

import asyncio
import time
from contextlib import AsyncExitStack

import pytest

from catalogues import GMAIL, NOTION, candidates
from outfitter.adapters.metrics import Metrics
from outfitter.core.analysis import Question
from outfitter.core.errors import Unavailable
from outfitter.core.plan import Plan
from outfitter.settings import Settings
from outfitter.wiring import parts
from stand_ins.claude_server import ClaudeStandIn
from stand_ins.openai_server import openai_server
from waiting import soon

_SAID = "Watch Gmail for invoices and save them to Notion"
QUESTION = Question(_SAID, (_SAID,), candidates(GMAIL, NOTION), Plan())


def test_a_turn_that_was_lost_is_given_up_within_a_minute() -> None:
    settings = Settings(_env_file=None)
    assert settings.model_deadline < parts.pace(settings).patience < 60


def test_each_quota_is_the_one_that_is_set() -> None:
    settings = Settings(_env_file=None, turns_per_minute=3, turns_per_day=7)
    quotas = parts.pace(settings).quotas
    assert [(one.most, one.seconds) for one in quotas] == [(3, 60), (7, 86_400)]


async def test_a_pool_is_as_large_and_as_patient_as_it_is_set(api_url: str) -> None:
    settings = Settings(_env_file=None, db_pool_size=1, db_pool_timeout=0.1)
    database = parts.database(settings, api_url)
    async with database.transaction(None):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            async with database.transaction(None):
                raise AssertionError
        waited = time.monotonic() - began
    await database.close()

    assert waited < 2


async def test_claude_is_asked_as_it_is_set_and_each_call_is_told() -> None:
    told: list[str] = []
    with ClaudeStandIn() as claude:
        settings = Settings(
            _env_file=None,
            anthropic_api_key="sk-test",
            anthropic_base_url=claude.url,
            anthropic_model="claude-of-ours",
            model_max_tokens=777,
            model_timeout=0.5,
        )
        ask = parts.claude(settings, lambda outcome, *_: told.append(outcome))
        claude.next("hang", "ok")
        began = time.monotonic()
        await ask(QUESTION, soon(60))
        waited = time.monotonic() - began
        await ask.close()

    asked = claude.seen[0]
    assert (asked["model"], asked["max_tokens"]) == ("claude-of-ours", 777)
    assert told == ["timeout", "answered"]
    assert waited < settings.model_timeout + 10


async def test_a_turn_goes_on_without_claude_after_the_deadline_and_it_is_counted() -> None:
    metrics = Metrics()
    with ClaudeStandIn() as claude:
        claude.usual = "hang"
        settings = Settings(
            _env_file=None,
            anthropic_api_key="sk-test",
            anthropic_base_url=claude.url,
            model_deadline=0.5,
        )
        async with AsyncExitStack() as ending:
            read = parts.analyzer(settings, ending, metrics, warm=False)
            began = asyncio.get_running_loop().time()
            analysis, by = await read(QUESTION, began)
            waited = asyncio.get_running_loop().time() - began

    assert by == "offline"
    assert waited < settings.model_deadline + 10
    assert analysis.steps
    assert 'outfitter_model_failures_total{reason="timeout"} 1.0' in metrics.text()


async def test_openai_embeds_where_it_is_set_and_is_not_waited_for_without_end() -> None:
    with openai_server() as openai:
        settings = Settings(_env_file=None, openai_api_key="sk-test", openai_base_url=openai.url)
        async with AsyncExitStack() as ending:
            embed = parts.swift_embedder(settings, ending, warm=True)
            await embed(["invoices"])
            openai.statuses = [400] * 20
            for _ in range(20):
                with pytest.raises(Unavailable):
                    await embed(["bills"])

    assert openai.statuses
    assert openai.inputs[0] == ["invoices"]
    assert embed.model == parts.embedding_model(settings)
    assert embed.model != parts.embedding_model(Settings(_env_file=None))


async def test_the_needs_of_our_model_do_not_lead_the_vectors_of_another() -> None:
    with openai_server() as openai:
        settings = Settings(_env_file=None, openai_api_key="sk-test", openai_base_url=openai.url)
        async with AsyncExitStack() as ending:
            embed = parts.swift_embedder(settings, ending, warm=False)
            sought = await parts.finding(embed).seek("save my invoices")

    assert len(sought.vectors[0]) == openai.dimensions
