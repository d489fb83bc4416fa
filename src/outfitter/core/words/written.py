"""Everyday words that stand in a message as the name of an app does."""

import re

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
    rf"(?P<app>{_APPS}){_BEHIND}|\b(?P<into>(?:in|into|via)\s+)(?P<day>monday){_BEHIND}"
    rf"|^(?P<alone>{_APPS})(?=[\s.!?]*$|\s*{ARROW})"
    r"|\b(?P<thing>linear|miro|monday|teams|coda|shortcut|square|line|make|box|word)(?=\s+(?:"
    r"(?<!make )(?:issues?|tickets?|boards?|channels?|workspaces?|docs?|folders?)|"
    r"(?<=make )scenarios?|(?<=linear )bugs?|(?<=line )groups?|"
    r"(?<=miro )(?:sticky notes?|stickies|\w+ boards?)|"
    r"(?<=shortcut )stor(?:y|ies)|(?<=teams )\w+ channels?|"
    r"(?<=square )(?:orders?|sales|payments?|bookings?|takings|customers?)|"
    r"(?<=word )(?:files?|documents?))\b)",
    re.IGNORECASE,
)
_LINKS = re.compile(r"\b(links?) in\b", re.IGNORECASE)


def as_written(message: str) -> str:
    """A message with a capital on everyday words that stand as the name of an app does.

    "Links in" would be read as "LinkedIn", whose parts have the same stems.
    """
    return _PLACED.sub(_capitalised, _LINKS.sub(r"\1 inside", message))


def _capitalised(name: re.Match[str]) -> str:
    # A day has a capital anyhow, and no other name of the app has it.
    word = f"{name['day']}.com" if name["day"] else name["app"] or name["alone"] or name["thing"]
    # After a mark in the middle of a sentence, the capital is not there for beginning one.
    return f"{name['lead'] or name['into'] or ''}\u00b7 {word.capitalize()}"
