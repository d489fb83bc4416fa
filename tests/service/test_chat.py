"""A turn that breaks where nobody foresaw it."""

import pytest

from catalogues import CATALOGUE
from outfitter.adapters.postgres.database import Database
from outfitter.core.analysis import Analysis, Question, Vector
from outfitter.core.answering.answer import Analyzer
from outfitter.core.finding.leaning import upright
from outfitter.core.quota import Pace
from outfitter.core.talk import offline
from outfitter.service.chat import Chat
from outfitter.service.finding import Finding
from outfitter.service.loading import Loader
from outfitter.service.turn import Said
from programs.databases import make_user

PATIENCE = 60.0


class Embedder:
    """Gives every text the same vector, and one more than was asked for while it is `broken`."""

    broken = False

    async def __call__(self, texts: list[str]) -> list[Vector]:
        """A vector for each text, of which a broken embedder's last is the only near one."""
        vectors: list[Vector] = [[1.0, *[0.0] * 1535] for _ in texts]
        if self.broken:
            far: Vector = [-1.0, *[0.0] * 1535]
            return [*(far for _ in vectors), vectors[0]]
        return vectors


async def _read(question: Question) -> tuple[Analysis, Analyzer]:
    return offline.read(question), "offline"


async def test_a_message_that_cannot_be_ranked_may_be_sent_again_at_once(
    database: Database, owner: Database
) -> None:
    embed = Embedder()
    await Loader(owner, embed, "one").load(list(CATALOGUE.values()), lambda _done, _total: None)
    chat = Chat(
        database,
        finding=Finding(embed, upright),
        analyze=_read,
        vault=None,
        pace=Pace((), PATIENCE),
        answered=lambda _status, _analyzer: None,
    )
    user = await make_user(owner)
    message = "save my Gmail invoices to Notion"

    embed.broken = True
    with pytest.raises(IndexError):
        await chat.turn(user, Said(message, idempotency_key="one"))
    embed.broken = False
    again = await chat.turn(user, Said(message, idempotency_key="one"))

    assert again.answer.plan.names == ("gmail", "notion")
    await chat.close()
