"""Questions told from requests, and what they are about."""

import pytest

from outfitter.core.talk.asking import asks, topic


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("when will it run?", "running"),
        ("how do I run the agent?", "running"),
        ("why Notion?", "why"),
        ("is my patients' data safe?", "keys"),
        ("Warum Gmail?", "why"),
        ("does it run by itself?", "running"),
        ("how often does the agent run?", "running"),
        ("how often does it check?", "running"),
        ("what does it do exactly?", "plan"),
        ("do I have to pay for this?", "cost"),
        ("is my code safe with you?", "keys"),
        ("is Notion free?", "cost"),
        ("is there anything free instead?", "others"),
        ("too expensive, something free please", "others"),
        ("is there an easier way", "others"),
        ("is the data safe with you", "keys"),
        ("who can see my key", "keys"),
        ("can i change it later", "changing"),
        ("what exactly is missing", "needs"),
        ("what will you use to scrape", "plan"),
        ("what happens if I close my laptop?", "running"),
        ("is that safe? I mean, can it delete tickets", "able"),
        ("is there a way to read my mail?", "servers"),
        ("which folder does it write to?", None),
        ("is PayPal the only option", "others"),
        ("cheaper?", "others"),
        ("is anything missing", "needs"),
        ("ok what's next", "needs"),
        ("where is my data stored", "data"),
        ("where does all our data go", "data"),
        ("hm, is that safe?", "keys"),
        ("cost?", "cost"),
        ("is there anything you can't do?", "help"),
        ("what can you actually do? i fly for a living", "help"),
        ("does one need to be good with computers for this?", "help"),
        ("do I have to know how to code", "help"),
        ("do I have to know anything about computers?", "help"),
        ("do we know anything about who wrote it?", None),
        ("do I know much about my customers?", None),
        ("do we program the heating for the night", None),
        ("does one have to be able to read French?", None),
        ("is it hard to use?", "help"),
        ("is this easy for a beginner?", "help"),
        ("is this hard for Linear users", None),
        ("ok how do i start?", "help"),
        ("what do I say now?", "help"),
        ("which chat apps can it post to?", "servers"),
        ("what happens to my data?", "data"),
        ("where are my keys stored", "keys"),
        ("how do I delete my account here", "leaving"),
        ("how do I delete my account in Auth0", None),
        ("which of these needs a password?", "needs"),
        ("do i have to create an api key for each", "needs"),
        ("kostet das was?", "cost"),
        ("should I use Sentry or Rollbar for errors?", "servers"),
        ("do you also speak German?", "servers"),
        ("do you know when I leave?", None),
        ("how do you know that?", None),
        ("ok what have we got now", "plan"),
        ("and the other one?", None),
        ("welche alternativen gibt es", "others"),
        ("how much is that", "cost"),
        ("who pays for that", "cost"),
        ("what did i just change", "plan"),
        ("which calendar did you take", "plan"),
        ("brauchst du mein passwort?", "needs"),
        ("what would the agent be able to do in our Slack?", "able"),
        ("which servers do you have for mail?", "servers"),
    ],
)
def test_a_question_is_about_one_thing(text: str, about: str | None) -> None:
    assert topic(text) == about


@pytest.mark.parametrize("text", ["which folder is it", "do i need to be admin", "can it wait"])
def test_a_question_needs_no_question_mark(text: str) -> None:
    assert asks(text)
    assert not asks("do it every day")
