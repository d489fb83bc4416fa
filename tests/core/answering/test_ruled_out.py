"""What a user is told of servers that may do nothing."""

from dataclasses import replace

from catalogues import CATALOGUE, a_server
from outfitter.core.analysis import Analysis, Intent
from outfitter.core.answering.cautions import shown
from outfitter.core.answering.occasion import Occasion
from outfitter.core.answering.reply import write
from outfitter.core.equipping.decide import AgentReady, Clarify
from outfitter.core.plan import Choice, Plan, Step

OCCASION = Occasion(Analysis(intent=Intent.PLAN), Plan(), Plan(), Clarify(), CATALOGUE)
FAX = a_server("fax", title="Fax", tools=("send_fax",))


def test_a_server_that_does_only_what_is_ruled_out_is_told_and_shown_as_uncovered() -> None:
    steps = (
        Step(text="read designs", server="figma"),
        Step(text="look into the fax", server="fax"),
        Step(text="never send anything"),
    )
    plan = Plan(steps=steps, servers=(Choice(name="figma"), Choice(name="fax")))
    servers = {**CATALOGUE, "fax": FAX}
    ready = replace(OCCASION, plan=plan, outcome=AgentReady(), servers=servers)

    said = write(ready)
    assert "You ruled out all that Fax can do, so the agent goes without." in said
    assert "Your agent is ready, with Figma. " in said
    assert shown(plan, servers).uncovered == ("look into the fax",)


def test_where_every_server_does_only_what_is_ruled_out_the_reply_says_how_to_go_on() -> None:
    steps = (Step(text="look into the fax", server="fax"), Step(text="never send anything"))
    plan = Plan(steps=steps, servers=(Choice(name="fax"),))
    occasion = replace(OCCASION, plan=plan, outcome=Clarify(), servers={**CATALOGUE, "fax": FAX})

    said = write(occasion)
    assert "there is no agent yet. Say what it may do, or name another app." in said
    assert "Which apps or services" not in said
