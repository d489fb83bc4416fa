"""What the model is told of the steps, and of what limits them."""

from core.rendering.outfits import AGENT, MAIL, NOTES, an_agent
from outfitter.core.agent import Equipment
from outfitter.core.plan import Step
from outfitter.core.rendering import bundle


def told(*steps: Step) -> str:
    """The instruction of an agent with these steps."""
    both = (Equipment(server=MAIL), Equipment(server=NOTES))
    return bundle.render(an_agent(*both, steps=steps), AGENT)["instruction.md"]


def part(text: str, title: str) -> list[str]:
    """The lines under a title."""
    return text.split(f"# {title}\n\n")[1].split("\n\n", maxsplit=1)[0].splitlines()


def test_a_limit_holds_for_every_step_and_is_none() -> None:
    text = told(
        Step(text="read my mail", server="gmail"),
        Step(text="only read"),
        Step(text="save a summary", server="notion-hosted"),
        Step(text="never delete or send anything"),
        Step(text="ask me before you write anything", server="notion-hosted"),
    )

    assert part(text, "Steps") == [
        "1. read my mail (server: gmail)",
        "2. save a summary (server: notion-hosted)",
    ]
    assert part(text, "What holds for every step") == [
        "- only read",
        "- never delete or send anything",
        "- ask me before you write anything (server: notion-hosted)",
    ]


def test_how_the_work_is_to_be_done_holds_for_every_step() -> None:
    text = told(
        Step(text="save a summary", server="notion-hosted"),
        Step(text="in German"),
        Step(text="without my private mail"),
        Step(text="we live in Graz"),
    )
    assert part(text, "Steps") == ["1. save a summary (server: notion-hosted)"]
    assert part(text, "What holds for every step") == [
        "- in German",
        "- without my private mail",
        "- we live in Graz",
    ]


def test_what_has_a_server_and_does_something_stays_a_step() -> None:
    text = told(
        Step(text="keep the table up to date", server="notion-hosted"),
        Step(text="don't forget to mail it to me", server="gmail"),
        Step(text="sort them by date"),
    )

    assert len(part(text, "Steps")) == 3
    assert "What holds" not in text


def test_limits_alone_leave_the_work_itself_as_the_step() -> None:
    assert part(told(Step(text="only read")), "Steps") == ["1. Do the work described above."]


def test_whoever_wants_to_be_asked_is_waited_for() -> None:
    text = " ".join(told(Step(text="send it, but ask me first", server="gmail")).split())
    assert "wait for the answer. Without a yes leave it undone." in text
