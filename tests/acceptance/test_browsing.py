"""The catalogue and the agents as they are looked through, page by page."""

from api import SENTENCE, Person, values_for


async def test_a_list_of_servers_sums_up_what_the_page_of_each_tells(alice: Person) -> None:
    listed = (await alice.get("/api/servers?limit=100"))["servers"]
    (short,) = [one for one in listed if one["name"] == "gmail"]
    whole = await alice.get("/api/servers/gmail")

    assert short["tools"] == len(whole["tools"]) > 0
    assert short["required_credentials"] == list(whole["required_tokens"]) != []
    assert short["score"] is None
    same = set(short) - {"tools", "required_credentials", "score"}
    assert {name: short[name] for name in same} == {name: whole[name] for name in same}


async def test_all_servers_come_in_pages_by_name(alice: Person) -> None:
    whole = (await alice.get("/api/servers?limit=6"))["servers"]
    pages = [await alice.get(f"/api/servers?limit=3&offset={at}") for at in (0, 3)]

    assert [one for page in pages for one in page["servers"]] == whole
    assert len({one["name"] for one in whole}) == 6


async def test_what_is_found_comes_in_pages_the_nearest_first(alice: Person) -> None:
    whole = await alice.get("/api/servers?q=mail&limit=100")
    pages = [await alice.get(f"/api/servers?q=mail&limit=3&offset={at}") for at in (0, 3)]

    assert [one for page in pages for one in page["servers"]] == whole["servers"][:6]
    assert {page["total_count"] for page in pages} == {whole["total_count"]}
    scores = [one["score"] for one in whole["servers"]]
    assert scores == sorted(scores, reverse=True)
    assert scores == [round(one, 3) for one in scores]


async def test_each_version_of_an_agent_is_listed_and_told_as_it_was_made(alice: Person) -> None:
    first = await alice.chat(SENTENCE)
    session = first["session_id"]
    made = await alice.chat("here", session, values_for(first))
    asked = await alice.chat("also post it to Slack", session)
    again = await alice.chat("here", session, values_for(asked))
    pages = [await alice.get(f"/api/agents?limit=1&offset={at}") for at in (0, 1)]
    agents = [await alice.get(f"/api/agents/{one['agent_id']}") for one in (again, made)]

    assert [page["total_count"] for page in pages] == [2, 2]
    listed = [one for page in pages for one in page["agents"]]
    assert [(one["id"], one["version"]) for one in listed] == [
        (again["agent_id"], 2),
        (made["agent_id"], 1),
    ]
    assert [one["version"] for one in agents] == [2, 1]
    assert agents[1]["steps"] == made["plan"]["steps"]
    known = {one["name"] for one in (await alice.get("/api/servers/gmail"))["tools"]}
    assert set(agents[1]["tools"]) == {"gmail", "notion"}
    assert set(agents[1]["tools"]["gmail"]) & known
