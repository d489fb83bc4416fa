"""How an analysis becomes a plan, and a plan an outcome and an agent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogues import (
    AIRTABLE,
    CATALOGUE,
    FIGMA,
    GMAIL,
    GMAIL_HOSTED,
    NOTION,
    SLACK,
    a_server,
    candidates,
)
from outfitter.adapters.files.catalogue_files import builtin
from outfitter.core.agent import Equipment
from outfitter.core.analysis import Analysis, Candidate, Intent, Question
from outfitter.core.equipping.decide import (
    AgentReady,
    AskCredentials,
    Clarify,
    decide,
    lost,
    ruled_out,
    settle,
    to_agent,
    without,
)
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.reading import read

INVOICES = Analysis(
    intent=Intent.PLAN,
    goal="monitor Gmail for invoices and save them to Notion",
    steps=(
        Step(text="monitor Gmail for invoices", server="gmail", why="you named Gmail"),
        Step(text="save them to Notion", server="notion", why="you named Notion"),
    ),
)
SHORTLIST = candidates(GMAIL, NOTION, GMAIL_HOSTED, SLACK)
PLAN = settle(INVOICES, Plan(), SHORTLIST)


def test_a_plan_takes_the_servers_of_its_steps_with_reason_and_score() -> None:
    assert PLAN.goal == INVOICES.goal
    assert PLAN.steps == INVOICES.steps
    assert PLAN.names == ("gmail", "notion")
    assert [one.why for one in PLAN.servers] == ["you named Gmail", "you named Notion"]
    assert [one.score for one in PLAN.servers] == [0.6, 0.59]


def test_a_score_is_kept_to_three_digits() -> None:
    plan = settle(INVOICES, Plan(), (Candidate(GMAIL, 0.123456), Candidate(NOTION, 1.0)))
    assert plan.servers[0].score == 0.123


def test_look_alikes_are_alternatives_and_servers_of_the_plan_are_not() -> None:
    assert PLAN.servers[0].alternatives[0] == "gmail-hosted"
    assert not {"gmail", "notion"} & {n for one in PLAN.servers for n in one.alternatives}


def test_a_server_that_was_not_offered_is_not_taken() -> None:
    made_up = INVOICES.model_copy(
        update={"steps": (Step(text="dance", server="ballet", why="x"), *INVOICES.steps)}
    )
    plan = settle(made_up, Plan(), SHORTLIST)
    assert plan.names == ("gmail", "notion")
    assert plan.steps[0] == Step(text="dance")
    assert plan.uncovered == ("dance",)


def test_a_step_without_words_is_none_and_leaves_nothing_open() -> None:
    empty = INVOICES.model_copy(
        update={"steps": (*INVOICES.steps, Step(text=" ", server="ballet")), "uncovered": ("",)}
    )
    assert settle(empty, Plan(), SHORTLIST) == PLAN


def test_a_server_of_the_plan_stays_without_being_offered_again() -> None:
    again = settle(INVOICES, PLAN, candidates(SLACK))
    assert again == PLAN


@pytest.mark.parametrize("intent", [Intent.KEEP, Intent.ASK, Intent.NOTHING])
def test_messages_that_are_no_plan_change_nothing(intent: Intent) -> None:
    said = Analysis(intent=intent, steps=INVOICES.steps[:1], declined=("gmail",))
    assert settle(said, PLAN, SHORTLIST) == PLAN


def test_going_back_and_forth_takes_the_latest_of_the_plans_on_that_side() -> None:
    older, newer = Plan(goal="older"), Plan(goal="newer")
    back, forth = Analysis(intent=Intent.UNDO), Analysis(intent=Intent.REDO)
    assert settle(back, PLAN, SHORTLIST, past=(older, newer), undone=(PLAN,)) == newer
    assert settle(forth, PLAN, SHORTLIST, past=(PLAN,), undone=(older, newer)) == newer
    assert settle(back, PLAN, SHORTLIST) == settle(forth, PLAN, SHORTLIST) == PLAN


def test_a_plan_keeps_its_goal_until_another_is_told_or_no_step_is_left() -> None:
    quiet = INVOICES.model_copy(update={"goal": ""})
    assert settle(quiet, PLAN, SHORTLIST).goal == PLAN.goal
    assert settle(quiet.model_copy(update={"goal": "rest"}), PLAN, SHORTLIST).goal == "rest"
    assert settle(quiet.model_copy(update={"steps": ()}), PLAN, SHORTLIST).goal == ""


def test_a_declined_server_is_dropped_and_remembered() -> None:
    declines = INVOICES.model_copy(update={"declined": ("gmail", "unheard-of")})
    plan = settle(declines, PLAN, SHORTLIST)
    assert plan.names == ("notion",)
    assert plan.declined == ("gmail",)
    assert plan.uncovered == ("monitor Gmail for invoices",)
    assert settle(INVOICES, plan, SHORTLIST).names == ("notion",)


def test_a_declined_server_need_not_be_in_the_plan_and_is_no_alternative() -> None:
    declines = INVOICES.model_copy(update={"declined": ("gmail-hosted",)})
    plan = settle(declines, Plan(), SHORTLIST)
    assert plan.names == ("gmail", "notion")
    assert plan.declined == ("gmail-hosted",)
    assert "gmail-hosted" not in plan.servers[0].alternatives


def test_a_declined_server_comes_back_when_it_is_named() -> None:
    declined = PLAN.model_copy(update={"declined": ("slack",)})
    named = Analysis(intent=Intent.PLAN, steps=(Step(text="post it to Slack", server="slack"),))
    assert settle(named, declined, candidates(SLACK)).names == ()
    plan = settle(named, declined, candidates(SLACK, named=True))
    assert plan.names == ("slack",)
    assert plan.declined == ()


def test_blank_steps_are_left_out() -> None:
    blank = Analysis(intent=Intent.PLAN, steps=(Step(text="  ", server="gmail"),))
    assert settle(blank, Plan(), SHORTLIST) == Plan()


def test_what_a_server_did_that_is_gone_or_cannot_be_run_is_open_again() -> None:
    unusable = NOTION.model_copy(update={"status": "unusable"})
    assert lost(PLAN, {"gmail": GMAIL, "notion": NOTION}) == ()
    assert lost(PLAN, {"gmail": GMAIL, "notion": unusable}) == ("notion",)
    gone = lost(PLAN, {"gmail": GMAIL})
    assert gone == ("notion",)

    left = without(PLAN, gone)
    assert left.names == ("gmail",)
    assert left.steps == (PLAN.steps[0], Step(text="save them to Notion"))
    assert left.uncovered == ("save them to Notion",)
    assert without(PLAN, ()) == PLAN


def test_a_plan_without_servers_needs_more_talk() -> None:
    assert decide(Plan(), CATALOGUE, {}) == Clarify()
    assert decide(Plan(servers=(Choice(name="gone"),)), CATALOGUE, {}) == Clarify()


def test_missing_credentials_are_asked_in_the_order_of_the_plan() -> None:
    outcome = decide(PLAN, CATALOGUE, {"gmail": frozenset({"EMAIL_ADDRESS"})})
    assert isinstance(outcome, AskCredentials)
    asked = [one.credential_key for one in outcome.requirements]
    assert asked == ["EMAIL_PASSWORD", "NOTION_TOKEN"]


def test_a_server_that_signs_in_by_itself_never_holds_the_agent_up() -> None:
    assert decide(Plan(servers=(Choice(name="figma"),)), CATALOGUE, {}) == AgentReady(("figma",))
    assert FIGMA.inputs == ()


@given(st.lists(st.sampled_from(sorted(CATALOGUE)), min_size=1, unique=True))
def test_bringing_everything_asked_makes_an_agent(names: list[str]) -> None:
    plan = Plan(servers=tuple(Choice(name=name) for name in names))
    outcome = decide(plan, CATALOGUE, {})
    stored: dict[str, frozenset[str]] = {}
    if isinstance(outcome, AskCredentials):
        for one in outcome.requirements:
            before = stored.get(one.mcp_server, frozenset())
            stored[one.mcp_server] = before | {one.credential_key}
    assert isinstance(decide(plan, CATALOGUE, stored), AgentReady)
    agent = to_agent(plan, CATALOGUE, stored)
    assert [one.server.name for one in agent.equipment] == names


def test_an_agent_holds_the_servers_of_its_plan_and_the_names_of_its_keys() -> None:
    stored = {
        "notion": frozenset({"NOTION_TOKEN", "OLD_KEY"}),
        "gmail": frozenset({"EMAIL_PASSWORD", "EMAIL_ADDRESS"}),
        "airtable": frozenset({"AIRTABLE_API_KEY"}),
    }
    agent = to_agent(PLAN, CATALOGUE, stored)
    assert agent.goal == PLAN.goal
    assert agent.steps == PLAN.steps
    assert agent.equipment == (
        Equipment(
            server=GMAIL,
            keys=("EMAIL_ADDRESS", "EMAIL_PASSWORD"),
            tools=("search_mail", "read_mail"),
        ),
        Equipment(server=NOTION, keys=("NOTION_TOKEN",)),
    )
    assert AIRTABLE.name not in {one.server.name for one in agent.equipment}


def test_an_agent_is_named_after_its_goal_in_at_most_sixty_characters() -> None:
    def name(goal: str) -> str:
        return to_agent(PLAN.model_copy(update={"goal": goal}), CATALOGUE, {}).name

    assert name(PLAN.goal) == "Monitor Gmail for invoices and save them to Notion"
    assert name("tidy up.\n") == "Tidy up"
    assert name("") == "Gmail and Notion"
    wish = "check the weather in Oslo every morning and put it in a sqlite database"
    assert name(wish) == "Check the weather in Oslo every morning and put it"
    assert name("a " * 60) == "A"
    assert name("word " * 30) == "Word" + " word" * 11
    assert name("x" * 90) == "X" + "x" * 59


_NAMES = st.sampled_from(
    ["gmail", "notion", "GMAIL", " slack ", "gmail-hosted", "airtable", "../notion", "gmail\x00"]
) | st.text(max_size=30)


@pytest.mark.proves("R-53")
@settings(max_examples=1000)
@given(
    named=st.lists(_NAMES, min_size=1, max_size=8),
    declined=st.lists(_NAMES, max_size=3),
    earlier=st.sampled_from([Plan(), PLAN]),
    offered=st.sets(st.sampled_from(["gmail", "notion", "gmail-hosted", "slack", "figma"])),
)
def test_whatever_a_model_names_no_agent_has_a_server_that_was_not_offered(
    named: list[str], declined: list[str], earlier: Plan, offered: set[str]
) -> None:
    shortlist = candidates(*(CATALOGUE[name] for name in sorted(offered)))
    steps = [{"text": f"do {n}", "server": name} for n, name in enumerate(named)]
    answer = {"intent": "plan", "steps": steps, "declined": declined}
    analysis = read(answer, Question("m", ("m",), shortlist, earlier))
    allowed = {one.server.name for one in shortlist} | set(earlier.names)

    # The catalogue holds more than was offered: that does not let it in.
    for said in (analysis, Analysis(intent=Intent.PLAN, steps=tuple(map(_step, steps)))):
        plan = settle(said, earlier, shortlist)
        agent = to_agent(plan, CATALOGUE, {})
        assert set(plan.names) <= allowed
        assert {one.server for one in plan.steps} <= {None, *allowed}
        assert {one.server.name for one in agent.equipment} <= allowed


def _step(told: dict[str, str]) -> Step:
    return Step(text=told["text"], server=told["server"])


def test_an_agent_has_no_tool_whose_way_in_the_user_did_not_take() -> None:
    atlassian = next(one for one in builtin() if one.name == "atlassian")
    step = Step(text="write a page in Confluence", server="atlassian")
    plan = Plan(steps=(step,), servers=(Choice(name="atlassian"),))
    ways = {
        one: frozenset({f"{one}_URL", f"{one}_PERSONAL_TOKEN"}) for one in ("JIRA", "CONFLUENCE")
    }

    def tools(*given: str) -> tuple[str, ...]:
        stored = {"atlassian": frozenset().union(*(ways[one] for one in given))}
        return to_agent(plan, {"atlassian": atlassian}, stored).equipment[0].tools

    assert {one.partition("_")[0] for one in tools("CONFLUENCE")} == {"confluence"}
    assert "confluence_create_page" in tools("CONFLUENCE")
    assert "jira_search" in tools("JIRA", "CONFLUENCE")


def test_an_agent_goes_without_a_server_that_does_only_what_is_ruled_out() -> None:
    fax = a_server("fax", tools=("send_fax",))
    steps = (
        Step(text="read my Slack", server="slack"),
        Step(text="look into the fax", server="fax"),
        Step(text="never send anything"),
    )
    plan = Plan(goal="look", steps=steps, servers=(Choice(name="slack"), Choice(name="fax")))
    servers = {"slack": SLACK, "fax": fax}
    stored = {"slack": frozenset(one.key for one in SLACK.inputs)}
    assert ruled_out(plan, servers) == ("fax",)
    assert decide(plan, servers, stored) == AgentReady()
    assert [one.server.name for one in to_agent(plan, servers, stored).equipment] == ["slack"]

    alone = plan.model_copy(update={"steps": steps[1:], "servers": (Choice(name="fax"),)})
    assert decide(alone, servers, stored) == Clarify()
