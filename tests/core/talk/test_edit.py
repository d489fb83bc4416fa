"""How a clause changes a running plan, in the languages most users write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import AIRTABLE, EVERYTHING, GITHUB, GMAIL, GMAIL_HOSTED, NOTION, SLACK
from outfitter.core.catalogue import Server
from outfitter.core.plan import Step
from outfitter.core.talk.edit import Edit, read_edit

PLANNED = (GMAIL, NOTION)
OTHERS = (AIRTABLE, SLACK, GITHUB)
STEPS = (
    Step(text="monitor Gmail for invoices", server="gmail"),
    Step(text="save them", server="notion"),
)


def _edit(clause: str) -> Edit:
    return read_edit(clause, PLANNED, OTHERS, STEPS)


@pytest.mark.parametrize(
    "clause",
    [
        "drop Notion",
        "drop the Notion step",
        "without Notion",
        "no Notion page needed",
        "no need for Notion",
        "keep Notion out of it",
        "please take Notion out",
        "remove Notion from the plan",
        "forget about Notion for now",
        "no Notion please",
        "don't use Notion",
        "don't save it to Notion",
        "we no longer need Notion",
        "I don't want to use Notion anymore",
        "I don\u2019t have a Notion account",
        "I don't need Notion after all",
        "we stopped using Notion",
        "Notion isn't necessary",
        "cancel the Notion part",
        "drop the notes part",
        "we used to use Notion, hated it",
        "my cousin swears by Notion lol",
        "not interested in Notion, sorry",
        "we tried Notion once",
        "nobody reads Notion anyway",
        "Notion was a silly idea",
        "throw out Notion",
        "take the Notion part out",
        "we can do without Notion",
        "ohne Notion",
        "lass Notion weg",
        "sin Notion",
        "sans Notion",
    ],
)
def test_a_server_can_be_dropped_in_many_words(clause: str) -> None:
    assert _edit(clause) == Edit(out=("notion",))


@pytest.mark.parametrize(
    "clause",
    [
        "use Airtable instead of Notion",
        "Airtable rather than notes",
        "Airtable for the notes please",
        "Airtable replaces Notion",
        "Airtable, I mean, not Notion",
        "from Notion to Airtable",
        "use Airtable where you have Notion",
        "instead of Notion",
        "replace Notion with Airtable",
        "swap Notion for Airtable",
        "switch from Notion to Airtable",
        "not Notion but Airtable",
        "Airtable is better than Notion",
        "I prefer Airtable to Notion",
        "nimm Airtable statt Notion",
        "usa Airtable en lugar de Notion",
        "utilise Airtable au lieu de Notion",
    ],
)
def test_a_server_can_be_swapped_in_many_words(clause: str) -> None:
    assert _edit(clause) == Edit(out=("notion",), swap=True)


@pytest.mark.parametrize(
    "clause",
    [
        "use Airtable instead",
        "switch to Airtable",
        "I prefer Airtable",
        "I'd rather have them in Airtable",
        "go back to Airtable",
        "into Airtable rather",
        "hm, Airtable after all",
        "could you use Airtable in place of that?",
        "I meant Airtable",
    ],
)
def test_a_swap_may_leave_open_what_goes(clause: str) -> None:
    assert _edit(clause) == Edit(swap=True)


@pytest.mark.parametrize(
    "clause",
    [
        "I don't want to give you my Notion key",
        "I'd rather not share my Notion token",
        "I am not comfortable handing over the Notion secret",
        "I refuse to hand out my Notion key",
        "Ich will meinen Notion-Schlüssel nicht geben",
        "no quiero dar mi clave de Notion",
        "I don't want to sign up for Notion",
        "can I avoid giving you a Notion token",
        "no way I'm handing you my Notion key",
    ],
)
def test_keeping_a_key_back_is_not_the_same_as_not_wanting_the_service(clause: str) -> None:
    assert _edit(clause) == Edit(out=("notion",), key_kept=True)


def test_a_key_kept_back_without_a_name_means_the_only_server_that_wants_one() -> None:
    text, both = "I won't give you my key", [NOTION, GMAIL]
    assert read_edit(text, both, wanting=[NOTION]).out == ("notion",)
    assert read_edit(text, both, wanting=both).out == ()
    assert read_edit("use something without a key", [NOTION], wanting=[NOTION]).key_kept


@pytest.mark.parametrize(
    "clause",
    [
        "also post it to Slack",
        "remove Notion pages that are older than a year",
        "delete mails from Gmail",
        "change the status in Notion",
        "I don't have time to check Gmail",
        "I don't have the Notion key yet",
        "read my Gmail",
        "never delete Notion",
        "don't touch Notion, only read it",
        "",
    ],
)
def test_talk_about_the_work_changes_no_server(clause: str) -> None:
    assert not _edit(clause).is_one


@pytest.mark.parametrize(
    ("clause", "step"),
    [("remove step 2", 1), ("skip the first step", 0), ("drop the last one", -1)],
)
def test_a_step_can_be_dropped_by_its_place(clause: str, step: int) -> None:
    assert _edit(clause) == Edit(steps=(step,))


@pytest.mark.parametrize(
    ("clause", "planned", "out"),
    [
        ("drop Gmail", (GMAIL,), "gmail"),
        ("drop Gmail", (GMAIL_HOSTED,), "gmail-hosted"),
        ("drop Gmail", (GMAIL, GMAIL_HOSTED), "gmail"),
        ("drop Gmail (hosted)", (GMAIL, GMAIL_HOSTED), "gmail-hosted"),
        ("not to Gmail", (NOTION,), "gmail"),
        ("use gmail-hosted instead of Gmail", (GMAIL,), "gmail"),
        ("use Gmail instead of Gmail (hosted)", (GMAIL_HOSTED,), "gmail-hosted"),
    ],
)
def test_a_name_that_look_alikes_share_means_one_of_them(
    clause: str, planned: tuple[Server, ...], out: str
) -> None:
    others = [one for one in EVERYTHING if one not in planned]
    assert read_edit(clause, planned, others).out == (out,)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    edit = read_edit(text, PLANNED, OTHERS)
    assert set(edit.out) <= {one.name for one in (*PLANNED, *OTHERS)}


@pytest.mark.parametrize(
    "clause",
    [
        "Notion we can leave out",
        "we closed the Notion account",
        "nah forget the Notion thing",
        "Notion no",
        "WhatsApp is fine, we are leaving Notion",
        "Notion kann raus",
        "Notion doch nicht",
    ],
)
def test_a_server_can_be_dropped_in_passing(clause: str) -> None:
    assert _edit(clause).out == ("notion",)


@pytest.mark.parametrize(
    "clause",
    [
        "our admin does not allow Notion tokens",
        "I'm not giving anyone a Notion key",
        "nor a Notion token",
        "the company forbids Notion tokens",
    ],
)
def test_a_key_can_be_kept_back_by_others(clause: str) -> None:
    assert _edit(clause) == Edit(out=("notion",), key_kept=True)
