"""What is new in a message beside the plan that there is."""

from dataclasses import replace

import pytest

from catalogues import a_server, candidates, question
from outfitter.core.talk.offline import read


@pytest.mark.parametrize(("app", "sender"), [("GitHub", "mail"), ("Slack", "slack")])
def test_only_what_sends_can_be_named_as_the_way_to_send(app: str, sender: str) -> None:
    asked = question(f"email me the list with {app}")
    mail = candidates(a_server("mail", service="email", category="email"))
    found = read(replace(asked, shortlist=(*asked.shortlist, *mail)))
    assert {"mail", "slack"} & {one.server for one in found.steps} == {sender}
