"""A turn's SQL in raw asyncpg, nothing around: `python -m bench.raw SCRIPT CLIENTS SECONDS`."""

import asyncio
import json
import os
import sys
from pathlib import Path
from uuid import uuid4

import asyncpg
from uvicorn.loops.auto import auto_loop_factory

from bench.script import Replay, Script, take_turns


async def main(script: str, clients: int, seconds: float) -> None:
    """Take turns for so long, and print how many there were in a second."""
    replay = Replay(Script.read(Path(script)))
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=5, max_size=5) as pool:
        await take_turns(pool, replay, str(uuid4()), 0)
        until = asyncio.get_running_loop().time() + seconds
        users = [str(uuid4()) for _ in range(clients)]
        done = await asyncio.gather(*(take_turns(pool, replay, one, until) for one in users))
    sys.stdout.write(json.dumps({"rate": sum(done) / seconds}))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
