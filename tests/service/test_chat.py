"""A turn taken by the service, and one that breaks where nobody foresaw it."""

from dataclasses import replace
from time import process_time, thread_time

import pytest

from catalogues import CATALOGUE
from outfitter.adapters.ids import new_id
from outfitter.adapters.postgres.database import Database
from outfitter.adapters.store import credentials
from outfitter.adapters.vault import Keyring, Vault
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.answering.answer import Analyzer
from outfitter.core.errors import NotSetUp, Refused, TooManyTurns, Unavailable
from outfitter.core.finding.leaning import Leaning
from outfitter.core.finding.vectors import Vector
from outfitter.core.plan import Step
from outfitter.core.quota import pace
from outfitter.core.talk import offline
from outfitter.core.user import User
from outfitter.service.chat import AnalyzeOrFallback, Chat
from outfitter.service.finding import Finding
from outfitter.service.loading import Loader
from outfitter.service.turn import Said
from programs.databases import on_port

PATIENCE = 60.0
KEYS = Keyring.new("k1")


class Embedder:
    """Gives every text the same vector, one more than was asked for while it is `broken`."""

    broken = away = False

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """A vector for each text, of which a broken embedder's last is the only near one."""
        if self.away:
            raise Unavailable("away")
        vectors: list[Vector] = [[1.0, *[0.0] * 1535] for _ in texts]
        if self.broken:
            far: Vector = [-1.0, *[0.0] * 1535]
            return [*(far for _ in vectors), vectors[0]]
        return vectors


async def _read(question: Question, _since: float) -> tuple[Analysis, Analyzer]:
    return offline.read(question), "offline"


async def _chat(
    database: Database,
    owner: Database,
    embed: Embedder,
    *,
    analyze: AnalyzeOrFallback = _read,
    per_minute: int = 0,
    keys: str | None = KEYS,
) -> Chat:
    """A chat about the small catalogue."""
    await Loader(owner, embed, "one").load(list(CATALOGUE.values()), lambda _done, _total: None)
    return Chat(
        database,
        finding=Finding(embed, lambda _, vectors, __: Leaning(vectors)),
        analyze=analyze,
        vault=Vault(Keyring.parse(keys)) if keys else None,
        pace=pace(per_minute=per_minute, per_day=0, patience=PATIENCE),
        answered=lambda _status, _analyzer: None,
    )


async def test_a_message_that_cannot_be_ranked_may_be_sent_again_at_once(
    database: Database, owner: Database, user: User
) -> None:
    embed = Embedder()
    chat = await _chat(database, owner, embed)
    message = "save my Gmail invoices to Notion"

    embed.broken = True
    with pytest.raises(IndexError):
        await chat.turn(user, Said(message, idempotency_key="one"))
    embed.broken = False
    again = await chat.turn(user, Said(message, idempotency_key="one"))

    assert again.answer.plan.names == ("gmail", "notion")
    await chat.close()


async def test_an_answer_says_whether_servers_were_found_by_their_names_alone(
    database: Database, owner: Database, user: User
) -> None:
    embed = Embedder()
    chat, said = await _chat(database, owner, embed), Said("save my Gmail invoices to Notion")

    sound = (await chat.turn(user, said)).answer
    embed.away = True
    poor = (await chat.turn(user, replace(said, turn_id=new_id()))).answer

    assert (sound.degraded, poor.degraded) == (False, True)
    assert poor.plan.names == ("gmail", "notion")
    await chat.close()


async def _broken(question: Question, _since: float) -> tuple[Analysis, Analyzer]:
    raise RuntimeError(question.message)


async def test_what_failed_is_not_heard_again_before_another_message_may_come(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder(), analyze=_broken, per_minute=1)
    said = Said("save my Gmail invoices to Notion", idempotency_key="one")

    with pytest.raises(RuntimeError):
        await chat.turn(user, said)
    with pytest.raises(TooManyTurns):
        await chat.turn(user, said)
    await chat.close()


async def test_what_cannot_be_stored_is_answered_as_such(
    owner: Database, user: User, api_url: str
) -> None:
    away = Database(on_port(api_url, 1))
    chat = await _chat(away, owner, Embedder())

    with pytest.raises(Unavailable):
        await chat.turn(user, Said("save my Gmail invoices to Notion"))
    await chat.close()
    await away.close()


async def test_credentials_that_come_before_there_is_a_plan_are_told_by_their_names(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())
    brought = {"notion": {"NOTION_TOKEN": "ntn_planted"}}

    answer = (await chat.turn(user, Said("hello", credentials=brought))).answer

    assert answer.status == "analyzing"
    assert "I stored `NOTION_TOKEN` for Notion" in answer.reply
    assert "planted" not in answer.reply
    await chat.close()


async def test_a_value_that_cannot_be_used_is_refused_and_nothing_is_kept(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())
    brought = {"notion": {"NOTION_TOKEN": "two\nlines"}}

    with pytest.raises(Refused) as refused:
        await chat.turn(user, Said("hello", credentials=brought))

    assert refused.value.code == "invalid_credential"
    async with database.transaction(user) as tx:
        assert await credentials.list_keys(tx, user) == []
    await chat.close()


async def test_where_nothing_can_be_sealed_credentials_are_refused_and_messages_are_not(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder(), keys=None)
    said = Said("save my invoices to Notion", credentials={"notion": {"NOTION_TOKEN": "ntn_x"}})

    with pytest.raises(NotSetUp) as refused:
        await chat.turn(user, said)
    answer = (await chat.turn(user, replace(said, credentials={}))).answer

    assert refused.value.code == "credential_store_disabled"
    assert answer.status == "pending_credentials"
    await chat.close()


async def test_where_nothing_can_be_sealed_a_kept_mark_tells_nothing_of_a_pasted_secret(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder(), keys=None)
    one, other = (
        Said(f"save invoices to Notion with ntn_{part * 5}", idempotency_key="one")
        for part in ("483920ab", "759310cd")
    )

    first, guessed = [await chat.turn(user, said) for said in (one, other)]

    assert (first.replayed, guessed.replayed) == (False, True)
    await chat.close()


async def test_a_word_that_is_brought_as_a_value_is_left_in_the_message(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())
    said = Said("save invoices to Notion", credentials={"notion": {"NOTION_TOKEN": "save"}})

    answer = (await chat.turn(user, said)).answer

    assert [step.text for step in answer.plan.steps] == [said.message]
    await chat.close()


async def test_what_is_said_beside_credentials_is_read_as_well(
    database: Database, owner: Database, user: User
) -> None:
    heard: list[str] = []

    async def listens(question: Question, since: float) -> tuple[Analysis, Analyzer]:
        heard.append(question.message)
        return await _read(question, since)

    chat = await _chat(database, owner, Embedder(), analyze=listens)
    first = await chat.turn(user, Said("save my Gmail invoices to Notion"))
    session, brought = first.answer.session_id, {"notion": {"NOTION_TOKEN": "ntn_x"}}
    plain = Said("here it is", session, brought)
    wish = Said("here it is, and post them to Slack", session, brought)

    kept = await chat.turn(user, plain)
    more = await chat.turn(user, wish)

    assert heard == ["save my Gmail invoices to Notion", wish.message]
    assert kept.answer.plan.names == ("gmail", "notion")
    assert "slack" in more.answer.plan.names
    await chat.close()


async def test_what_to_do_with_an_agent_is_told_when_it_is_made_and_not_with_every_word_after(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())
    asked = (await chat.turn(user, Said("save my invoices to Notion"))).answer
    brought = {"notion": {"NOTION_TOKEN": "ntn_x"}}
    made = (await chat.turn(user, Said("here", asked.session_id, brought))).answer
    after = (await chat.turn(user, Said("thanks", asked.session_id))).answer

    assert "Download its bundle" in made.reply
    assert after.agent_id == made.agent_id
    assert "Download its bundle" not in after.reply
    await chat.close()


async def test_a_message_is_read_in_the_light_of_what_was_said_before(
    database: Database, owner: Database, user: User
) -> None:
    heard: list[Question] = []

    async def listens(question: Question, since: float) -> tuple[Analysis, Analyzer]:
        heard.append(question)
        return await _read(question, since)

    chat = await _chat(database, owner, Embedder(), analyze=listens)
    first, more = "save my Gmail invoices to Notion", "post them to Slack too"
    said = (await chat.turn(user, Said(first))).answer
    added = (await chat.turn(user, Said(more, said.session_id))).answer
    await chat.turn(user, Said("take that back", said.session_id))

    opening, change, back = heard
    assert opening.earlier == ()
    assert change.earlier == (("user", first), ("assistant", said.reply))
    assert change.plan.names == ("gmail", "notion")
    assert back.earlier[2:] == (("user", more), ("assistant", added.reply))
    assert [one.names for one in back.past][-1] == ("gmail", "notion")
    await chat.close()


async def test_a_message_in_lines_is_read_by_its_layout(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())
    message = (
        "# Invoices\n\n- monitor Gmail for\n  invoices\n- save them to Notion\n\n"
        "```\nimport slack\nslack.post('hi')\n```"
    )

    answer = (await chat.turn(user, Said(message))).answer

    assert answer.plan.names == ("gmail", "notion")
    assert answer.plan.steps[-1].text == "save them to Notion"
    await chat.close()


async def test_a_server_for_which_nothing_came_is_not_told_as_stored(
    database: Database, owner: Database, user: User
) -> None:
    chat = await _chat(database, owner, Embedder())

    answer = (await chat.turn(user, Said("hello", credentials={"notion": {}}))).answer

    assert "stored" not in answer.reply
    await chat.close()


async def test_what_is_said_of_a_long_plan_is_worded_beside_the_loop(
    database: Database, owner: Database, user: User
) -> None:
    told = (f"save invoice {number} of {'Zoë ' * 200}" for number in range(50))
    steps = tuple(Step(text=one, server=server) for one in told for server in ("gmail", "notion"))

    async def analyze(_question: Question, _since: float) -> tuple[Analysis, Analyzer]:
        return Analysis(intent=Intent.PLAN, steps=steps[:50]), "claude"

    chat = await _chat(database, owner, Embedder(), analyze=analyze)
    given = {
        "gmail": {"EMAIL_ADDRESS": "me@example.com", "EMAIL_PASSWORD": "abcdefghijklmnop"},
        "notion": {"NOTION_TOKEN": "ntn_" + "a1B2" * 10},
    }
    on_loop, in_all = thread_time(), process_time()
    answer = (await chat.turn(user, Said("save my Gmail to Notion", credentials=given))).answer
    on_loop, in_all = thread_time() - on_loop, process_time() - in_all
    assert answer.status == "success"
    assert on_loop < in_all / 2
    await chat.close()
