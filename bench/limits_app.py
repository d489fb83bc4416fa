"""The least FastAPI and asyncpg that does a turn's SQL and asks the model: nothing can be faster.

It is started with `uvicorn --factory bench.limits_app:app`; with BENCH_EMBEDS it asks the embedding
model too, whose vectors the SQL carries.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
from fastapi import FastAPI, Request
from pydantic import BaseModel

from bench.script import Replay, Script, say
from outfitter.adapters.ai.embeddings import LocalEmbedder


class Asked(BaseModel):
    """One message."""

    user: str
    message: str


def app() -> FastAPI:
    """The application, as the environment says."""
    script = Script.read(Path(os.environ["BENCH_SCRIPT"]))
    replay = Replay(script)
    embed = LocalEmbedder() if os.environ.get("BENCH_EMBEDS") else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            asyncpg.create_pool(
                os.environ["DATABASE_URL"], min_size=5, max_size=5
            ) as app.state.pool,
            httpx2.AsyncClient(
                base_url=os.environ["ANTHROPIC_BASE_URL"], trust_env=False
            ) as app.state.claude,
        ):
            yield

    made = FastAPI(lifespan=lifespan)

    @made.post("/api/chat")
    async def chat(asked: Asked, request: Request) -> dict[str, Any]:
        if embed:
            await embed(list(script.embedded))
        before, after = replay.turn(asked.user)
        await say(request.app.state.pool, before)
        answer = await request.app.state.claude.post("/v1/messages", json=script.asked)
        await say(request.app.state.pool, after)
        return {"reply": answer.json()["content"][0]["text"]}

    return made
