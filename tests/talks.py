"""What dialogues come to, read without a model from the small catalogue of the tests."""

from dataclasses import replace

from catalogues import CATALOGUE, question
from outfitter.core.analysis import Raised
from outfitter.core.equipping.decide import settle
from outfitter.core.plan import Plan
from outfitter.core.talk.context import ahead, passed
from outfitter.core.talk.offline import read
from outfitter.core.talk.suggesting import raised

INVOICES = "I want to monitor Gmail for invoices and save them to Notion"


def after(*messages: str) -> Plan:
    """The plan that these messages come to, one after the other."""
    plan = Plan()
    past: tuple[Plan, ...] = ()
    undone: tuple[Plan, ...] = ()
    open_to = Raised()
    for message in messages:
        asked = replace(question(message, plan), past=past, undone=undone, raised=open_to)
        analysis = read(asked)
        before = plan
        plan = settle(analysis, plan, asked.shortlist, past=past, undone=undone)
        open_to = raised(analysis, before, plan, CATALOGUE, message)
        past = passed(past, before, plan, analysis.intent)
        undone = ahead(undone, before, plan, analysis)
    return plan


def texts(plan: Plan) -> list[str]:
    """What the steps of a plan say."""
    return [one.text for one in plan.steps]


PLAN = after(INVOICES)
