"""Two users do things in any order, and each always finds exactly what is theirs."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from api import Api, Json, Person

pytestmark = [pytest.mark.xdist_group("fuzz"), pytest.mark.timeout(86_400)]

# Few in a batch, so that the time is kept; the next batch has another seed.
WALKS = 5
T = TypeVar("T")
WHO = st.sampled_from((0, 1))
PLACE = st.integers(0, 20)
MESSAGES = st.sampled_from(
    (
        "Save my notes to Notion",
        "Read my Gmail and post it to Slack",
        "also keep it in Airtable",
        "drop Notion",
        "thanks!",
        "what does it cost?",
    )
)
KEYS = st.sampled_from(
    (
        ("notion", "NOTION_TOKEN"),
        ("airtable", "AIRTABLE_API_KEY"),
        ("slack", "SLACK_BOT_TOKEN"),
        ("gmail", "EMAIL_ADDRESS"),
        ("gmail", "EMAIL_PASSWORD"),
    )
)


@dataclass
class Known:
    """What one user must find."""

    person: Person
    said: dict[str, list[str]] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    keys: set[tuple[str, str]] = field(default_factory=set)

    def session(self, place: int) -> str:
        """One of the sessions."""
        return list(self.said)[place % len(self.said)]


class TwoUsers(RuleBasedStateMachine):
    """The model beside the real service, which runs on another thread's loop."""

    api: Api
    loop: asyncio.AbstractEventLoop
    number = count()

    def __init__(self) -> None:
        super().__init__()
        number = next(self.number)
        names = (f"{name}-{number}@example.com" for name in ("alice", "bob"))
        self.users = [Known(self.wait(self.api.person(name))) for name in names]

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives on the service's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    def _note(self, known: Known, message: str, answer: Json) -> None:
        known.said.setdefault(answer["session_id"], []).extend((message, answer["reply"]))
        if answer["agent_created"]:
            known.agents[answer["agent_id"]] = answer["session_id"]

    @rule(who=WHO, message=MESSAGES)
    def begin(self, who: int, message: str) -> None:
        """A message opens a session."""
        known = self.users[who]
        answer = self.wait(known.person.chat(message))
        assert answer["session_id"] not in known.said
        self._note(known, message, answer)

    @precondition(lambda self: all(known.said for known in self.users))
    @rule(who=WHO, place=PLACE, message=MESSAGES)
    def go_on(self, who: int, place: int, message: str) -> None:
        """A message goes on with a session of one's own, and with no other."""
        known, other = self.users[who], self.users[1 - who]
        self.wait(known.person.chat(message, other.session(place), status=404))
        self._note(known, message, self.wait(known.person.chat(message, known.session(place))))

    @rule(who=WHO, one=KEYS)
    def bring(self, who: int, one: tuple[str, str]) -> None:
        """A credential comes with a message."""
        known, (server, key) = self.users[who], one
        given = {server: {key: f"value-{who}"}}
        self._note(known, "here", self.wait(known.person.chat("here", credentials=given)))
        known.keys.add(one)

    @rule(who=WHO, one=KEYS)
    def take_back(self, who: int, one: tuple[str, str]) -> None:
        """A server's credentials are deleted, if there are any."""
        known, (server, _) = self.users[who], one
        there = any(name == server for name, _ in known.keys)
        answer = self.wait(known.person.ask("DELETE", f"/api/credentials/{server}"))
        assert answer.status_code == (204 if there else 404)
        known.keys = {kept for kept in known.keys if kept[0] != server}

    @precondition(lambda self: any(known.said for known in self.users))
    @rule(place=PLACE)
    def forget(self, place: int) -> None:
        """A session is deleted by its user, after the other has tried."""
        who = 0 if self.users[0].said else 1
        known, other = self.users[who], self.users[1 - who]
        session = known.session(place)
        for person, status in ((other.person, 404), (known.person, 204), (known.person, 404)):
            answer = self.wait(person.ask("DELETE", f"/api/sessions/{session}"))
            assert answer.status_code == status
        del known.said[session]
        known.agents = {one: of for one, of in known.agents.items() if of != session}

    @invariant()
    def history_is_ones_own(self) -> None:
        """Every session is there, newest first, with all that was said in order."""
        for known in self.users:
            found = self.wait(known.person.get("/api/chat/history?limit=100"))
            assert found["total_count"] == len(known.said)
            shown = [one["session_id"] for one in found["sessions"]]
            assert shown == list(known.said)[::-1]
            for one in found["sessions"]:
                said = [message["message"] for message in one["messages"]]
                assert said == known.said[one["session_id"]]

    @invariant()
    def agents_are_ones_own(self) -> None:
        """Every agent is there for its user, and not for the other."""
        for known, other in (self.users, self.users[::-1]):
            found = self.wait(known.person.get("/api/agents?limit=100"))
            assert {one["id"] for one in found["agents"]} == set(known.agents)
            assert found["total_count"] == len(known.agents)
            for agent in list(known.agents)[-1:]:
                self.wait(other.person.get(f"/api/agents/{agent}", 404))

    @invariant()
    def credentials_are_ones_own(self) -> None:
        """The names that were brought are there, and no value."""
        for known in self.users:
            found = self.wait(known.person.get("/api/credentials"))
            names = {(one["server"], key["key"]) for one in found for key in one["keys"]}
            assert names == known.keys
            assert "value-" not in str(found)


@pytest.mark.proves("R-30", "R-31", "R-32", "R-43")
async def test_each_always_finds_exactly_what_is_theirs(
    api: Api, examples: int, rounds: Iterator[int], tell: Callable[[str], None]
) -> None:
    TwoUsers.api, TwoUsers.loop = api, asyncio.get_running_loop()
    limits = settings(
        max_examples=min(examples, WALKS),
        stateful_step_count=12,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    for place in _short(rounds):
        machine = seed(place)(TwoUsers)
        await asyncio.to_thread(run_state_machine_as_test, machine, settings=limits)
    tell(f"two users: {next(TwoUsers.number)} walks of at most 12 steps, seeds 0 to {place}")


def _short(rounds: Iterator[int]) -> Iterator[int]:
    """A seed for every batch of walks, until the time of all rounds is over."""
    place = count()
    for seconds in rounds:
        end = time.monotonic() + seconds
        yield next(place)
        while time.monotonic() < end:
            yield next(place)
