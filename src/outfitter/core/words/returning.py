"""The turns of phrase that go back: to nothing, before the last change, and forth again."""

import re

_ALL = (
    r"(?:everything|all of (?:it|that|this|them)|(?:it|them|that|this) all|"
    r"(?:the|this|that) (?:whole|entire) (?:\w+ )?(?:thing|idea|plan|lot|project|business|setup))"
)
RESTART = re.compile(
    r"\bstart(?:ing)? (?:over|again|afresh|from scratch)\b"
    r"|(?<!don't )(?<!not )\b(?:scrap|forget) (?:that|it|this|everything|all of (?:it|that))\b"
    r"|(?<!don't )(?<!not )\b(?:scrap|forget|drop|delete|remove|cancel|bin|ditch|shelve|abandon|"
    rf"bury|kill|trash) {_ALL}(?=[.,:;!]|$| (?:please|pls|then|again|and)\b)"
    r"|\b(?:totally|completely|entirely) (?:different|new|other) (?:idea|plan|thing|job|task)\b"
    r"|^(?:please )?cancel(?: (?:everything|it|this|that|the whole thing))?(?: please)?[.!]*$"
    r"|^(?:please )?(?:kill|bin|trash|nuke) (?:it|this|that|everything)(?: please)?[.!]*$"
    r"|^(?:please )?(?:cancel|delete|scrap|remove) (?:the|my|this) (?:agent|plan)(?: please)?[.!]*$"
    r"|\bsomething (?:else|different) (?:entirely|altogether)\b"
    r"|\b(?:von vorne|neu anfangen|empieza de nuevo|recommence)\b",
    re.IGNORECASE,
)
_LAST = r"(?:that|it|this|(?:the|my|your) (?:last|latest|previous) (?:change|step|one|thing|edit))"
_WORDS = r"(?:my (?:last|previous) (?:message|sentence|request)|what i (?:just )?said)"
BACK = re.compile(
    r"\b(?:add|bring|put|restore|get) (?:it|that|them|everything)(?: all)? back\b",
    re.IGNORECASE,
)
# Short on its own, as "redo the layout" asks for work.
REDO = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|yes|no|oh|sorry|wait|perfect|actually),? )*"
    rf"(?:redo(?: {_LAST}| the change)?|undo (?:the|that|my|your) undo|ctrl[- +]?y|"
    r"wiederherstellen|rehacer|rehaz(?:lo)?|refaire|refais(?:-le)?|\u91cd\u505a)"
    r"(?: (?:please|pls|then|again))*\W*$",
    re.IGNORECASE,
)
UNDO = re.compile(
    rf"\bundo(?! (?:the|my|our|an?) (?!last|latest|previous))\b|\brevert(?: {_LAST})?"
    r"(?=[.,;!]|$| (?:please|pls|now|then)\b)"
    rf"|\b(?:take|roll) (?:back {_LAST}|{_LAST} back)\b|\b(?:one|a)(?: more)? (?:step|"
    rf"change) back\b"
    r"|\b(?:go|step) back(?: (?:one|a) (?:step|change))?(?= please|[.,;!]|$)"
    r"|^(?:no,? )*not that(?: one)?[.!]*$"
    r"|^(?:(?:oh|no|hm+),? )*(?:wait|stop),? (?:(?:no|sorry|please|actually),? )*"
    r"(?:keep|leave) (?:it|them|that|those)[.!]*$"
    r"|\bi (?:didn't|did not|never) (?:mean|want|ask for) that\b"
    r"|\b(?:restore|(?:go|return|get|revert) (?:back )?to|bring back|i want) (?:the|my) "
    r"(?:previous|last|old|earlier|former|original) (?:one|version|plan|state|setup|draft)\b"
    r"|\bback to (?:how|what|the way|as) (?:it was|(?:we|i|you) had)\b|\b(?:how|as|the way|"
    r"what) it was(?: before)?[.!]*$"
    rf"|{BACK.pattern}"
    rf"|\b(?:cancel|scratch) {_LAST}(?=[.,;!]|$)|\bas (?:it was )?before[.!]*$"
    rf"|^(?:(?:oh|ok(?:ay)?|no|sorry|please|just),? )*(?:(?:ignore|disregard) (?:{_LAST}|{_WORDS})"
    rf"|forget {_WORDS})[\s.!]*$"
    r"|\bctrl[- +]?z\b|^(?:(?:oh|nein|ok|no|nee|doch),? )*zurück[.!]*$|\brückgängig\b|"
    r"\bnimm das zurück\b|\b(?:doch )?wie vorher\b|\b(?:deshaz|deshacer)\b"
    r"|\bvuelve atrás\b|\bcomo (?:estaba )?antes\b|\bcomme avant\b|\breviens en arrière\b"
    r"|\bannule(?:r|z)?(?: ça| cela| la dernière| le dernier|[.!]*$)"
    r"|\u64a4\u9500|\u64a4\u56de|\u8fd8\u539f|\u6062\u590d",
    re.IGNORECASE,
)
