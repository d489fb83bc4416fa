"""Messages of many clauses about many servers: each clause is looked through once."""

from time import process_time

from catalogues import a_server, about, candidates
from outfitter.core.finding.capabilities import implied
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.offline import read
from outfitter.core.words.text import clauses

SERVERS = [a_server(f"quux-{number}") for number in range(50)]


def test_what_each_clause_implies_is_found_once_and_not_for_each_server() -> None:
    asked = (f"post row {number} to {one.title}" for one in SERVERS for number in (1, 2))
    message = ". ".join(asked)
    parts = clauses(message)
    implied.cache_clear()
    plan = read(about(candidates(*SERVERS, named=True), message))
    assert len(plan.steps) >= len(SERVERS)
    assert implied.cache_info().misses < 4 * len(parts)


def test_a_long_plan_and_as_long_a_message_are_read_in_little_time() -> None:
    steps = tuple(Step(text=f"post it to {one.title}", server=one.name) for one in SERVERS)
    choices = tuple(Choice(name=one.name) for one in SERVERS)
    message = ", ".join(f"save it to {one.title}" for one in SERVERS)
    asked = about(candidates(*SERVERS, named=True), message, Plan(steps=steps, servers=choices))
    began = process_time()
    read(asked)
    assert process_time() - began < 1.5
