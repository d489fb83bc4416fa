"""What the user is told after a turn, in plain words."""

from collections.abc import Iterator, Sequence

from outfitter.core.analysis import Intent
from outfitter.core.answering.aside import aside, is_aside, still_open, unmet
from outfitter.core.answering.cautions import (
    HINT,
    by_word_alone,
    crowded,
    held_back,
    unreached,
    untimed,
)
from outfitter.core.answering.occasion import Occasion, joined, title, titles, where
from outfitter.core.answering.wanting import asked, example, first_run
from outfitter.core.catalogue import Server, of_one_kind
from outfitter.core.equipping.decide import AgentReady, AskCredentials, Clarify
from outfitter.core.plan import MOST_STEPS, Step, together
from outfitter.core.talk.about_service import IN_SHORT
from outfitter.core.talk.suggesting import alike, instead, orphaned
from outfitter.core.words.language import is_foreign

_AGAIN = {
    Intent.UNDO: "I took that back.",
    Intent.REDO: "I brought back what you took back.",
}
_MOST_QUOTED = 3
_STATUS = {"preview": "not finished yet", "archived": "no longer developed"}


def write(occasion: Occasion) -> str:
    """The reply, in short paragraphs and lists."""
    return "\n\n".join(one for one in _paragraphs(occasion) if one)


def _paragraphs(occasion: Occasion) -> Iterator[str]:
    yield _redacted(occasion)
    yield _respelt(occasion)
    yield _stored(occasion)
    yield _lost(occasion)
    if is_aside(occasion):
        yield from aside(occasion)
        yield from _outcome(occasion) if occasion.is_new else ()
        return
    yield _left_out(occasion)
    yield unmet(occasion)
    yield _steps(occasion)
    yield _cut(occasion)
    yield _uncovered(occasion)
    yield unreached(occasion)
    yield held_back(occasion)
    yield _alternatives(occasion)
    yield _noted(occasion)
    yield _reused(occasion)
    yield from _outcome(occasion)


def _redacted(occasion: Occasion) -> str:
    if not occasion.redacted:
        return ""
    what, it = ("something that looks", "it") if occasion.redacted == 1 else ("parts", "them")
    verb = "" if occasion.redacted == 1 else " that look"
    return (
        f"Your message contained {what}{verb} like a secret. I removed {it} before anything was "
        "stored; credentials belong in the `credentials` field of `POST /api/chat`, where they "
        "are kept encrypted."
        f"{_pasted(occasion)}"
    )


def _pasted(occasion: Occasion) -> str:
    """Which waiting credentials the removed secrets look like, and how they are sent."""
    pasted = occasion.pasted
    if not pasted:
        return ""
    keys = joined(f"`{one.credential_key}` of {title(occasion, one.mcp_server)}" for one in pasted)
    which = "It looks" if occasion.redacted == 1 else "One of them looks"
    looks, them = (which, "it") if len(pasted) == 1 else ("They look", "them")
    return (
        f" {looks} like {keys}, still missing here. To use {them} for that, send {them} again "
        f"as {example(pasted)}."
    )


def _respelt(occasion: Occasion) -> str:
    """Which misspelt words were read as which names, so that a mistake shows."""
    if not occasion.read:
        return ""
    return f"I read {joined(f'“{typed}” as {name}' for typed, name in occasion.read.items())}."


def _stored(occasion: Occasion) -> str:
    """Which credentials came with the message and nothing else in the reply tells of."""
    lines = []
    for name, keys in occasion.brought.items():
        stored = f"I stored {joined(f'`{key}`' for key in keys)} for {title(occasion, name)}"
        if name not in occasion.plan.names:
            lines.append(f"{stored}; nothing in the plan uses it yet.")
        elif not (occasion.is_new or isinstance(occasion.outcome, AskCredentials)):
            lines.append(f"{stored}.")
    return "\n".join(lines)


def _lost(occasion: Occasion) -> str:
    """Which servers can no longer be had, what could do their part, and how to go on."""
    if not occasion.lost:
        return ""
    lines = []
    for name in occasion.lost:
        gone = "is no longer in the catalogue"
        verb = "can no longer be used" if name in occasion.servers else gone
        lines.append(f"{title(occasion, name)} {verb}, so I took it out of the plan.")
    lines += _offers(occasion.lost, occasion)
    return " ".join(
        (*lines, "No agent is made before you say how to go on: with what, or without.")
    )


def _left_out(occasion: Occasion) -> str:
    """Which servers are gone, and which were turned down before they came in."""
    if occasion.analysis.intent in _AGAIN:
        return ""
    before, plan = occasion.before, occasion.plan
    gone = [name for name in before.names if name not in (*plan.names, *occasion.lost)]
    come = [name for name in plan.names if name not in before.names] if before.names else []
    refused = [
        name
        for name in plan.declined
        if name not in (*gone, *before.declined) and name not in plan.names
    ]
    said = []
    if gone and come:
        new = titles(occasion, _likes(gone, come, occasion) or come)
        said.append(f"I put {new} in the place of {titles(occasion, gone)}.")
    elif gone:
        said.append(f"I took {titles(occasion, gone)} out of the plan.")
        if left := orphaned(before, plan):
            said.append(f"“{left}” was about what came from there. Where should that come from?")
        said += _offers(gone, occasion)
    if refused and not gone:
        said.append(f"I leave {titles(occasion, refused)} out.")
    return " ".join(said)


def _likes(gone: Sequence[str], come: Sequence[str], occasion: Occasion) -> list[str]:
    """Those that come of one kind with what is gone: another may come beside them."""
    known = occasion.servers
    old = [known[name] for name in gone if name in known]
    return [
        name for name in come if name in known and any(of_one_kind(known[name], it) for it in old)
    ]


def _offers(gone: Sequence[str], occasion: Occasion) -> Iterator[str]:
    if not occasion.lost and (len(gone) > 1 or not occasion.plan.steps):
        return
    if _still_done(gone, occasion):
        return
    for others in instead(gone, occasion.before, occasion.plan, occasion.servers):
        names = titles(occasion, others, "or")
        yield f"{names} could do that part; say so if you want it."


def _still_done(gone: Sequence[str], occasion: Occasion) -> bool:
    """Whether a server that stays has been doing whatever these did."""
    steps, stay = occasion.before.steps, occasion.plan.names
    done = {one.text for one in steps if one.server in stay}
    return {one.text for one in steps if one.server in gone} <= done


def _steps(occasion: Occasion) -> str:
    plan, before = occasion.plan, occasion.before
    intent = occasion.analysis.intent
    if plan == before and intent in _AGAIN:
        return f"There is nothing more to {intent}."
    if not plan.servers or intent is Intent.KEEP:
        return ""
    if plan.steps == before.steps:
        return "The plan stays as it is."
    opening = "The plan is now:" if before.steps else "This is how I understood you:"
    if intent in _AGAIN:
        opening = f"{_AGAIN[intent]} The plan is {'now' if occasion.analysis.steps else 'again'}:"
    lines = [f"{at}. {_step(same, occasion)}" for at, same in enumerate(together(plan.steps), 1)]
    return "\n".join((opening, *lines))


def _step(same: Sequence[Step], occasion: Occasion) -> str:
    step = same[0]
    if names := [one.server for one in same if one.server]:
        return f"{step.text} ({titles(occasion, names)})"
    if step.text in occasion.plan.uncovered:
        return f"{step.text} (no server for this yet)"
    return f"{step.text} (the agent by itself)"


def _cut(occasion: Occasion) -> str:
    """What the plan has no room for; of much only the beginning."""
    if not (cut := occasion.analysis.cut):
        return ""
    quoted = joined(f"“{one}”" for one in cut[:_MOST_QUOTED])
    more = f" and {len(cut) - _MOST_QUOTED} more" if len(cut) > _MOST_QUOTED else ""
    return f"A plan holds {MOST_STEPS} steps, so I left out {quoted}{more}."


def _uncovered(occasion: Occasion) -> str:
    plan = occasion.plan
    fresh = [one for one in plan.uncovered if one not in occasion.before.uncovered]
    if not fresh:
        return ""
    what = joined(f"“{one}”" for one in fresh)
    if not plan.servers:
        found = f"I found no server in the catalogue for {what}. {HINT}"
        return f"{found} {IN_SHORT}" if is_foreign(" ".join(fresh)) else found
    return f"The agent will go without {what}, since nothing in the catalogue does that. {HINT}"


def _alternatives(occasion: Occasion) -> str:
    """One line for each server that just came in and is not the only one that would do."""
    lines = []
    for choice in occasion.plan.servers:
        others = alike(choice, occasion.servers)
        if others and choice.name not in occasion.before.names:
            names = titles(occasion, others, "or")
            lines.append(f"Instead of {title(occasion, choice.name)}, {names} could do it too.")
    return "\n".join(lines)


def _noted(occasion: Occasion) -> str:
    """What is to be known of servers that just came in: their state, and what they want or do."""
    fresh = [name for name in occasion.plan.names if name not in occasion.before.names]
    found = [occasion.servers[name] for name in fresh if name in occasion.servers]
    return "\n".join(filter(None, map(_note, found)))


def _note(server: Server) -> str:
    return " ".join(filter(None, (_unreviewed(server), _state(server))))


def _unreviewed(server: Server) -> str:
    """Where a server comes from that nobody vouches for; its title may be another's."""
    if server.reviewed:
        return ""
    return (
        f"Nobody here has looked through {server.title}: it came as `{server.name}` from "
        f"{server.provenance}. See what its agent would run before you bring it a credential: "
        f"`GET /api/servers/{server.name}`."
    )


def _state(server: Server) -> str:
    if server.status in _STATUS:
        return f"Mind that {server.title} is {_STATUS[server.status]}. {server.notes or ''}".strip()
    return f"About {server.title}: {server.notes}" if server.notes else ""


def _reused(occasion: Occasion) -> str:
    lines = []
    for name, keys in occasion.reused.items():
        shown = joined(f"`{key}`" for key in keys)
        lines.append(f"For {title(occasion, name)} I use the {shown} you gave me earlier.")
    return "\n".join(lines)


def _outcome(occasion: Occasion) -> Iterator[str]:
    match occasion.outcome:
        case Clarify():
            stopped = occasion.lost or occasion.ruled_out
            yield "" if stopped else still_open(occasion)
        case AskCredentials(requirements):
            yield from asked(requirements, occasion)
        case AgentReady(sign_ins):
            yield _made(occasion)
            yield untimed(occasion.plan)
            yield crowded(occasion.equipment)
            yield by_word_alone(occasion.equipment, occasion.plan.steps)
            yield from first_run(sign_ins, occasion)


def _made(occasion: Occasion) -> str:
    version = f", version {occasion.version}" if occasion.version and occasion.version > 1 else ""
    path = where(occasion)
    waited = occasion.is_new and occasion.analysis.intent is Intent.KEEP
    thanks = "That is everything. " if waited else ""
    has_values = any(one.keys for one in occasion.equipment)
    values = f"; `POST {path}/env` gives you the file with your credentials" if has_values else ""
    with_ = [name for name in occasion.plan.names if name not in occasion.ruled_out]
    return (
        f"{thanks}Your agent is ready{version}, with {titles(occasion, with_)}. "
        f"Download its bundle from `GET {path}/bundle` and start it as the README inside says"
        f"{values}."
    )
