"""Everyday words that stand in a message as the name of an app does."""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from outfitter.core.words.text import ARROW

# Apps that are everyday words too, where they stand as a name does, whatever their first letter.
_APPS = "teams|linear|miro|coda|segment|box|square"
_BEHIND = (
    rf"(?=\s*(?:$|[.,;:!?]|{ARROW})|\s+(?:and|or|but|then|so|if|when|whenever|every|each|at|for|"
    r"with|within|as|instead|through|via|into)\b)"
)
_PLACED = re.compile(
    r"(?P<lead>\b(?:in|to|into|on|via|from|out of|through|use|prefer|should be)\s+"
    rf"|{ARROW}\s*)"
    rf"(?P<app>{_APPS}){_BEHIND}|\b(?P<into>(?:in|into|via)\s+)(?P<day>monday|word){_BEHIND}"
    rf"|^(?P<first>(?:(?:ok(?:ay)?|no|nah|hm+|actually|rather|better|just|or|and)\W+)*)"
    rf"(?P<alone>{_APPS})(?=(?:[\s,]+(?:please|pls|plz|then|instead|too))*[\s.!?]*$|\s*{ARROW}"
    r"| or \w+(?: \w+)?[\s.!?]*$)"
    r"|\b(?P<thing>linear|miro|monday|teams|coda|shortcut|square|line|make|box|word)(?=\s+(?:"
    r"(?<!make )(?:issues?|tickets?|boards?|channels?|workspaces?|docs?|folders?)|"
    r"(?<=make )scenarios?|(?<=linear )bugs?|(?<=line )groups?|"
    r"(?<=miro )(?:sticky notes?|stickies|\w+ boards?)|"
    r"(?<=shortcut )stor(?:y|ies)|(?<=teams )(?:\w+ channels?|(?:group )?chats?)|"
    r"(?<=square )(?:orders?|sales|payments?|bookings?|takings|customers?)|"
    r"(?<=word )(?:files?|documents?))\b)",
    re.IGNORECASE,
)
# What people call an app of a suite for short, behind what leads to an app and before a pause.
_PAUSE = (
    rf"(?=\s*(?:$|[.,;:!?+&)]|{ARROW})|\s+(?:and|or|but|then|instead|too|also|as well|please|pls|"
    r"not|every|each|when|if|at)\b)"
)
_FOR_SHORT = re.compile(
    r"(?:^(?=\w+(?: \w+){0,3}\W*$)|(?:^|\s)\+ ?|"
    r"(?<!\w)(?P<before>\w++)\s*(?:[,&/+]|\b(?:and|or|not|than|nor))\s+|"
    r"\b(?:in|into|from|via|use|using|instead of|"
    r"(?P<saved>(?:save|upload|copy|store|put|move|back|sync|export|add|append|log|write|send)\b"
    r"[^.;]{0,60}\b)?to)\s+(?:my |our )?)"
    rf"(?P<app>sheets|drive){_PAUSE}",
    re.IGNORECASE,
)
_IN_FULL = {"sheets": "Google Sheets", "drive": "Google Drive"}
_LINKS = re.compile(r"\b(links?) in\b", re.IGNORECASE)


class Short(NamedTuple):
    """Where an app is called for short, and its name in full."""

    start: int
    end: int
    name: str


def for_short(text: str, names: Container[str]) -> Iterator[Short]:
    """The apps that a text calls for short; in a row behind one of these names, in small letters.

    >>> [one.name for one in for_short("bigquery + sheets", {"bigquery"})]
    ['Google Sheets']
    """
    apps = _APPS.split("|")
    for one in _FOR_SHORT.finditer(text):
        before, app = (one["before"] or "").lower(), one["app"].lower()
        in_a_row = not before or before in names or before in apps
        # "How long does it take to drive?"
        placed = app != "drive" or one["saved"] or not one.group().lower().startswith("to ")
        if in_a_row and placed:
            yield Short(*one.span("app"), _IN_FULL[app])


def as_written(message: str) -> str:
    """A message with a capital on everyday words that stand as the name of an app does.

    "Links in" would be read as "LinkedIn", whose parts have the same stems.
    """
    return _PLACED.sub(_capitalised, _LINKS.sub(r"\1 inside", message))


def _capitalised(name: re.Match[str]) -> str:
    # A day has a capital anyhow, and no other name of the app has it.
    word = name["day"] or name["app"] or name["alone"] or name["thing"]
    word = f"{word}.com" if name["day"] and word.lower() == "monday" else word
    # After a mark in the middle of a sentence, the capital is not there for beginning one.
    return f"{name['lead'] or name['into'] or name['first'] or ''}\u00b7 {word.capitalize()}"
