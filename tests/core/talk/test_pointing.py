"""What points at something said before is read as its name."""

from time import process_time

import pytest

from outfitter.core.analysis import NOTHING_RAISED, Raised
from outfitter.core.plan import Choice, Plan, Step
from outfitter.core.talk.pointing import resolved

BEFORE = Plan(servers=(Choice(name="gitlab"), Choice(name="discord")))
PLAN = Plan(servers=(*BEFORE.servers, Choice(name="telegram")))
ONE = Raised(servers=("obsidian",))
MANY = Raised(servers=("box", "google-drive"), instead_of="discord")


@pytest.mark.parametrize(
    ("text", "raised", "meant"),
    [
        ("use that instead", ONE, "use Obsidian instead"),
        ("great, switch to it", ONE, "great, switch to Obsidian"),
        ("the second one", MANY, "use Google Drive instead of Discord"),
        ("use the other one", MANY, "use Google Drive"),
        ("take the last", MANY, "take Google Drive"),
        ("drop the latter", NOTHING_RAISED, "drop the latter"),
        ("leave that one out again", NOTHING_RAISED, "leave Telegram out again"),
        ("remove both of those", NOTHING_RAISED, "remove Discord and Telegram"),
        ("keep only the last 7", NOTHING_RAISED, "keep only the last 7"),
        ("only the last, please", NOTHING_RAISED, "only Telegram, please"),
        ("ok add it back", ONE, "ok add it back"),
        ("no text me", NOTHING_RAISED, "no, text me"),
        ("the last one can go", NOTHING_RAISED, "Telegram can go"),
        ("drop the second one, please", NOTHING_RAISED, "drop Discord, please"),
        ("the first one becomes GitHub", NOTHING_RAISED, "replace Gitlab with GitHub"),
        ("to Slack, no wait, Matrix", NOTHING_RAISED, "to Matrix"),
        ("to -my.slack-bot.., no wait, Matrix", NOTHING_RAISED, "to -Matrix"),
        ("-telegram +slack", NOTHING_RAISED, "drop telegram, +slack"),
        ("oh, never mind the last bit", NOTHING_RAISED, "drop the last step"),
        ("telegram: not needed", NOTHING_RAISED, "telegram is not needed"),
    ],
)
def test_a_pointer_is_read_as_a_name(text: str, raised: Raised, meant: str) -> None:
    assert resolved(text, PLAN, (BEFORE,), raised) == meant


def test_the_last_bit_is_a_change_where_there_was_one_and_else_a_step() -> None:
    for past, meant in (((), "drop the last step"), ((Plan(),), "drop the last step")):
        assert resolved("ignore that last sentence pls", PLAN, past, NOTHING_RAISED) == meant
    changed = Plan(steps=(Step(text="read my mail"),))
    assert resolved("nvm the last thing", PLAN, (changed,), NOTHING_RAISED) == "undo"


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("use that", NOTHING_RAISED),
        ("Obsidian is nicer, use that", ONE),
        ("the fifth one", MANY),
        ("no, leave it", NOTHING_RAISED),
        ("yes please", ONE),
        ("drop the second step", MANY),
        ("post it to Slack", NOTHING_RAISED),
    ],
)
def test_what_points_at_nothing_known_stays_as_it_is(text: str, raised: Raised) -> None:
    assert resolved(text, PLAN, (BEFORE,), raised) == text


def test_a_yes_takes_the_only_one_that_was_offered() -> None:
    offered = Raised(servers=("box",), offered=True)
    assert resolved("yes please", PLAN, (), offered) == "also use Box"
    two = Raised(servers=("box", "dropbox"), offered=True)
    assert resolved("yes please", PLAN, (), two) == "yes please"


def test_it_is_what_was_asked_about_while_there_is_no_plan() -> None:
    assert resolved("alright, watch it", Plan(), (), ONE) == "alright, watch Obsidian"


def test_both_takes_what_was_offered_too() -> None:
    offered = Raised(servers=("box",), offered=True)
    assert resolved("yes, both please", PLAN, (), offered) == "also use Box"


@pytest.mark.parametrize(
    "piece",
    [
        *("ok ", "-box ", "the first ", "both ", "use that ", ", ", "a"),
        *("a.", "a-", "1.", "-.", "a, no wait ", "* "),
    ],
)
def test_a_hostile_message_is_resolved_quickly(piece: str) -> None:
    message = (piece * 16_000)[:16_000]
    began = process_time()
    resolved(message, PLAN, (BEFORE,), MANY)
    resolved(message, Plan(), (), ONE)
    resolved(f"*a{' ' * 32_000}{piece}", PLAN, (), ONE)
    assert process_time() - began < 2


def test_the_latter_and_the_former_are_the_last_two_that_came_in() -> None:
    assert resolved("drop the latter", PLAN, (), NOTHING_RAISED) == "drop Telegram"
    assert resolved("drop the former", PLAN, (), NOTHING_RAISED) == "drop Discord"


def test_both_brings_back_what_was_swapped_out() -> None:
    swapped = Plan(servers=(Choice(name="gitlab"), Choice(name="slack")))
    for message in ("no, both", "no wait, both"):
        assert resolved(message, swapped, (BEFORE,), NOTHING_RAISED) == "also use Discord"


def test_one_more_after_a_drop_is_dropped_too() -> None:
    assert resolved("Discord too", BEFORE, (PLAN,), NOTHING_RAISED) == "drop Discord"
    assert resolved("Discord too", PLAN, (BEFORE,), NOTHING_RAISED) == "Discord too"


def test_both_brings_back_what_was_dropped_before_what_could_do_its_part() -> None:
    dropped = Plan(servers=(Choice(name="gitlab"),))
    offered = Raised(servers=("telegram",), instead_of="discord", offered=True)
    assert resolved("actually do both", dropped, (BEFORE,), offered) == "also use Discord"


def test_the_hosted_one_is_the_only_sibling_that_is_hosted() -> None:
    notion = Choice(name="notion", alternatives=("notion-remote", "obsidian"))
    slack = Choice(name="slack", alternatives=("slack-remote",))
    text = "use the hosted one please"
    said = "use Notion Remote please"
    assert resolved(text, Plan(servers=(notion,)), (), NOTHING_RAISED) == said
    assert resolved(text, Plan(servers=(notion, slack)), (), NOTHING_RAISED) == text


def test_the_latter_is_of_the_two_that_were_just_asked_about() -> None:
    raised = Raised(servers=("sentry", "rollbar"))
    assert resolved("the latter. tell me", Plan(), (), raised) == "Rollbar. tell me"


def test_what_is_put_in_there_goes_where_was_just_asked_about() -> None:
    raised = Raised(servers=("obsidian",), offered=True)
    assert resolved("great, put it in there", Plan(), (), raised) == "great, put it in Obsidian"
    assert resolved("put it in there", Plan(), (), NOTHING_RAISED) == "put it in there"


@pytest.mark.parametrize("text", ["what can you do?", "drop the latter", "- x: not needed"])
def test_the_longest_plan_with_the_most_servers_takes_no_time(text: str) -> None:
    names = [f"server-{number}" for number in range(50)]
    steps = tuple(Step(text=f"{one.title()}, ask what is new {'there ' * 40}") for one in names)
    plan = Plan(servers=tuple(Choice(name=one) for one in names), steps=steps)
    began = process_time()
    resolved(text, plan, (plan,) * 10, NOTHING_RAISED)
    assert process_time() - began < 1
