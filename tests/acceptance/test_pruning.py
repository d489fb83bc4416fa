"""What is old goes while people chat, some of them in sessions that are just going."""

import asyncio

from sqlalchemy import text

from api import SENTENCE, Person, running_api
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from outfitter.service.pruning import Pruning
from programs.databases import grow_old
from stand_ins.auth_server import AuthServerStandIn
from waiting import until

_ALL = ("turns", "turn_slots", "audit_log", "sessions")
_PEOPLE, _IDLE = 4, 5
_HEARD = "SELECT count(*) FROM chat_messages WHERE created_at > now() - interval '1 day'"


async def _opened(person: Person) -> list[str]:
    return [(await person.chat(SENTENCE))["session_id"] for _ in range(_IDLE)]


async def _answers(person: Person, idle: list[str], agent: str) -> dict[str, list[int]]:
    """How requests end in each of somebody's sessions, the one that has an agent among them."""
    said = {}
    for session in (*idle, agent):
        body = {"message": "also post it to Slack", "session_id": session}
        path = f"/api/sessions/{session}/messages"
        answer = await person.ask("POST", "/api/chat", json=body)
        said[session] = [answer.status_code, (await person.ask("GET", path)).status_code]
    return said


async def test_chats_go_on_and_what_was_heard_meanwhile_stays(
    urls: Urls, auth: AuthServerStandIn, superuser: Database
) -> None:
    owner = Database(urls.owner, pool_size=1)

    async def heard() -> bool:
        async with superuser.as_owner() as tx:
            return int((await tx.execute(text(_HEARD))).scalar_one()) > _PEOPLE

    async with running_api(auth, urls) as api:
        people = [await api.person(f"person-{n}@example.com") for n in range(_PEOPLE)]
        idle = [await _opened(one) for one in people]
        agents = [(await one.make_agent())["session_id"] for one in people]
        await grow_old(superuser, 401)
        given = zip(people, idle, agents, strict=True)
        chatting = asyncio.gather(*(_answers(*one) for one in given))
        await until(heard, every=0.01)
        gone = 0
        while not chatting.done():
            found = await Pruning(owner).run(_ALL, 400, lambda _done, _total: None)
            gone += found["sessions"]
        answers = {session: ends for one in await chatting for session, ends in one.items()}
    await owner.close()

    assert 0 < gone < _PEOPLE * _IDLE
    assert {tuple(ends) for ends in answers.values()} <= {(200, 200), (404, 404)}
    assert all(answers[session] == [200, 200] for session in agents)
    async with superuser.as_owner() as tx:
        rows = await tx.execute(text("SELECT CAST(id AS text) FROM sessions"))
        there = set(rows.scalars())
    assert there == {session for session, ends in answers.items() if ends == [200, 200]}
    assert len(there) == _PEOPLE * (1 + _IDLE) - gone
