"""A search among thousands of servers that are each much like a built-in one."""

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random
from statistics import median

from outfitter.adapters.ai.embeddings import LocalEmbedder
from outfitter.adapters.ai.shipped_vectors import ShippedVectors
from outfitter.adapters.files import catalogue_files
from outfitter.adapters.postgres.database import Database
from outfitter.cli.database import Urls
from outfitter.core.catalogue import Server
from outfitter.core.finding.vectors import Vector
from outfitter.service.evaluation import Finder
from outfitter.service.loading import Loader
from outfitter.wiring import parts

SEARCHED = (
    "monitor Gmail for invoices and save them to Notion",
    "tell me the time in Tokyo and post it to Slack",
    "when a customer complains, open a ticket and warn the team",
    "every Friday collect what was sold, put it into a sheet and mail it to my boss",
    "translate the letters of my aunt and read them to me",
    "is it going to rain where I cycle tomorrow",
    "keep an eye on our web site and wake somebody if it is down",
    "look up papers about bees and write down what is new",
)
_TOOLS = 2
_TIMES = 5
# A vector this far from the one it is made of, which has length 1, has a cosine of .8 with it.
_APART = 0.75
_SEED = 7


async def searching(urls: Urls, servers: int, messages: Sequence[str]) -> float:
    """The milliseconds that a search takes in the middle, once so many servers were added.

    Embedding as many texts would take minutes and make the search neither slower nor faster.
    """
    embedder = LocalEmbedder()
    await _add(urls.owner, servers, embedder)
    database = Database(urls.api)
    finder = Finder(database, parts.finding(embedder, servers))
    # The first time a message comes near a server, that server is read.
    for message in messages:
        await finder.find(message)
    took = [(await finder.find(message)).ms for _ in range(_TIMES) for message in messages]
    await embedder.close()
    await database.close()
    return median(took)


async def _add(owner_url: str, servers: int, embedder: LocalEmbedder) -> None:
    chance = Random(_SEED)  # noqa: S311 - no secret is made of it

    known = ShippedVectors(embedder, embedder.model)
    spread = _APART / embedder.dimensions**0.5

    async def like(texts: list[str]) -> list[Vector]:
        return [[one + chance.gauss(0, spread) for one in row] for row in await known(texts)]

    owner = Database(owner_url, pool_size=1, answer_within=None)
    await Loader(owner, like, embedder.model).bring(_many(servers), lambda _done, _of: None)
    await owner.close()


def _many(servers: int) -> list[Server]:
    """Built-in servers over and over, each with a name and a service of its own."""
    many = islice(cycle(catalogue_files.builtin()), servers)
    return [
        one.model_copy(
            update={
                "name": f"{one.name[:18]}-{at}",
                "service": f"{one.service}-{at}",
                "tools": one.tools[:_TOOLS],
                "reviewed": False,
            }
        )
        for at, one in enumerate(many)
    ]
