"""What a user is warned of when an agent is ready."""

from collections.abc import Sequence

from outfitter.core.agent import Equipment

_MANY_TOOLS = 40


def crowded(equipment: Sequence[Equipment]) -> str:
    """A warning where a model is shown more tools than it chooses well from, else nothing."""
    counts = {one.server.title: len(one.tools or one.server.tools) for one in equipment}
    if (together := sum(counts.values())) <= _MANY_TOOLS:
        return ""
    biggest = max(counts, key=lambda title: counts[title])
    return (
        f"The agent has {together} tools, and a model chooses worse among so many. "
        f"{counts[biggest]} of them come from {biggest}; steps that say what to do there in more "
        "detail bring fewer."
    )
