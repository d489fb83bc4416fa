"""Whatever the OpenAPI document allows or forbids, the service keeps to it."""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api import Api

CONFIG = Path(__file__).with_name("schemathesis.toml")
GIVEN = {"notion": {"NOTION_TOKEN": "value-of-notion"}}
SEEDS = (1, 20_260, 4_294_967_291)

pytestmark = [pytest.mark.xdist_group("fuzz"), pytest.mark.timeout(86_400)]


async def _schemathesis(folder: Path, *arguments: str, **variables: str) -> tuple[int | None, str]:
    """How the fuzzer left, and what it said; its cache goes into the folder."""
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("schemathesis"),
        f"--config-file={CONFIG}",
        "run",
        *arguments,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def _keeps_to_it(api: Api, folder: Path, *options: str) -> str:
    """Ask as a person with an agent, and as one who leaves; how much was tried."""
    person, leaver = await api.person("fuzz@example.com"), await api.person("leaver@example.com")
    made = await person.chat("Save my notes to Notion", credentials=GIVEN)

    left, said = await _schemathesis(
        folder,
        f"{api.url}/openapi.json",
        *options,
        "--checks=all",
        FUZZ_TOKEN=str(person.token),
        FUZZ_LEAVER=str(leaver.token),
        FUZZ_AGENT=made["agent_id"],
        FUZZ_SESSION=made["session_id"],
    )

    assert left == 0, said
    return ", ".join(re.findall(r"\d+ generated|\d+ passed|\d+ failed", said))


@pytest.mark.proves("R-59", "R-60")
async def test_the_edges_of_everything_keep_to_the_contract(
    api: Api, examples: int, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    # These cases are the same for every seed.
    tried = await _keeps_to_it(
        api, tmp_path, "--phases=coverage", f"--max-examples={examples}", "--seed=1"
    )
    tell(f"edges: {tried}")


@pytest.mark.proves("R-59", "R-60")
@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_is_asked_keeps_to_the_contract(
    seed: int,
    api: Api,
    examples: int,
    rounds: Iterator[int],
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    for place, seconds in enumerate(rounds):
        options = ["--phases=fuzzing,stateful", f"--seed={seed + place}"]
        options += [f"--max-examples={examples}"]
        options += [f"--max-time={seconds}"] if seconds else []
        tried = await _keeps_to_it(api, tmp_path, *options)
        tell(f"seed {seed + place}: {tried}")
