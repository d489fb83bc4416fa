"""Whatever the OpenAPI document allows or forbids, the service keeps to it."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from api import Api

CONFIG = Path(__file__).with_name("schemathesis.toml")
GIVEN = {"notion": {"NOTION_TOKEN": "value-of-notion"}}
# The cases of the coverage phase are the same for every seed.
RUNS = [("coverage", 1), *(("fuzzing,stateful", seed) for seed in (1, 20_260, 4_294_967_291))]

pytestmark = [pytest.mark.xdist_group("fuzz"), pytest.mark.timeout(3600)]


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


@pytest.mark.proves("R-59", "R-60")
@pytest.mark.parametrize(("phases", "seed"), RUNS)
async def test_the_service_keeps_to_its_contract(
    phases: str, seed: int, api: Api, examples: int, tmp_path: Path
) -> None:
    person, leaver = await api.person("fuzz@example.com"), await api.person("leaver@example.com")
    made = await person.chat("Save my notes to Notion", credentials=GIVEN)

    left, said = await _schemathesis(
        tmp_path,
        f"{api.url}/openapi.json",
        f"--seed={seed}",
        f"--max-examples={examples}",
        f"--phases={phases}",
        "--checks=all",
        FUZZ_TOKEN=str(person.token),
        FUZZ_LEAVER=str(leaver.token),
        FUZZ_AGENT=made["agent_id"],
        FUZZ_SESSION=made["session_id"],
    )

    assert left == 0, said
