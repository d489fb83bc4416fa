"""Entries from elsewhere brought in by the command, as an operator runs it."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from outfitter.adapters.postgres.database import Database
from programs.databases import plain
from programs.processes import PROGRAM, environment, run_command
from stand_ins.openai_server import openai_server
from stand_ins.registry_server import FIRST, Answer, registry
from waiting import until

Json = dict[str, Any]
DOCKER = "name: moot\ntype: server\nimage: mcp/moot\nabout: {title: Moot, description: Calls it}\n"


def entry(name: str, kind: str = "npm") -> Json:
    package = {
        "registryType": kind,
        "identifier": name,
        "version": "1.0.0",
        "transport": {"type": "stdio"},
        "environmentVariables": [{"name": "TOWN_TOKEN", "isRequired": True, "isSecret": True}],
    }
    shown = {"name": f"io.github.town/{name}", "description": f"Cries the {name} in the town"}
    return {**shown, "version": "1.0.0", "packages": [package]}


def item(name: str) -> Json:
    meta = {"io.modelcontextprotocol.registry/official": {"status": "active", "isLatest": True}}
    return {"server": entry(name), "_meta": meta}


def of_july(name: str) -> Json:
    """The first published form, with underscores."""
    package = {
        "registry_name": "npm",
        "name": name,
        "version": "1.0.0",
        "environment_variables": [{"name": "TOWN_TOKEN", "is_required": True, "is_secret": True}],
    }
    shown = {"name": f"io.github.town/{name}", "description": f"Cries the {name} in the town"}
    return {**shown, "version_detail": {"version": "1.0.0"}, "packages": [package]}


def page(*listed: Json, then: str | None = None) -> Answer:
    """A page of a registry, and where the next one begins."""
    document = {"servers": listed, "metadata": {"nextCursor": then} if then else {}}
    return 200, {}, json.dumps(document).encode()


def written(folder: Path, files: dict[str, object]) -> Path:
    folder.mkdir()
    for name, document in files.items():
        said = document if isinstance(document, str) else json.dumps(document)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said, encoding="utf-8")
    return folder


async def rows(owner: Database) -> dict[str, str]:
    """The names in the catalogue, with what is noted of each."""
    async with owner.as_owner() as tx:
        found = await tx.execute(text("SELECT name, CAST(metadata AS text) FROM mcp_servers"))
        return {one.name: one.metadata for one in found}


async def test_every_form_comes_in_by_one_command(
    home: Path, database_url: str, owner: Database
) -> None:
    config = {"command": "npx", "args": ["-y", "bell@1.0.0"], "env": {}}
    given = {"required_tokens": {"BELL_TOKEN": "A token"}, "steps": ["Ask the ringer"]}
    forms: dict[str, dict[str, object]] = {
        "json": {
            "bare.json": entry("news"),
            "item.json": item("prices"),
            "july.json": of_july("weather-cry"),
            "list.json": [entry("deaths"), item("births")],
        },
        "docker": {"servers/moot/server.yaml": DOCKER},
        "three": {
            "servers.json": {"servers": [{"name": "Bell", "description": "Rings the bell"}]},
            "config.json": {"mcpServers": {"bell": config}},
            "credinfo.json": {"credential_instructions": {"bell": given}},
        },
    }
    sources = [str(written(home / name, files)) for name, files in forms.items()]
    answers = {
        FIRST: page(item("fairs"), entry("nu", "nuget"), then="b c"),
        "b c": page(item("feasts")),
    }
    with registry(answers) as (address, _):
        for source in (*sources, address):
            done = await asyncio.to_thread(
                run_command, home, "catalogue", "import", source, DATABASE_URL=plain(database_url)
            )
            assert done.returncode == 0, done.stderr
            assert " 0 refused" in done.stdout + done.stderr

    there = await rows(owner)
    names = {"news", "prices", "weather-cry", "deaths", "births", "moot", "bell", "fairs", "feasts"}
    assert there.keys() == names | {"nu"}
    unusable = {name for name, noted in there.items() if '"unusable"' in noted}
    assert unusable == {"moot", "nu"}
    assert "nuget" in there["nu"]
    assert "version" in there["moot"]


async def test_where_an_entry_comes_from_is_told_with_the_port(
    home: Path, database_url: str, owner: Database
) -> None:
    with registry({FIRST: page(item("fairs"))}) as (address, _):
        await asyncio.to_thread(
            run_command, home, "catalogue", "import", address, DATABASE_URL=plain(database_url)
        )

    assert f'"provenance": "{address}, ' in (await rows(owner))["fairs"]


async def has_begun(owner: Database) -> bool:
    """Whether any server is there."""
    return bool(await rows(owner))


async def test_an_import_that_was_killed_goes_on_where_it_stood(
    home: Path, database_url: str, owner: Database
) -> None:
    source = home / "many.json"
    source.write_text(json.dumps([entry(f"cry-{n}") for n in range(400)]), encoding="utf-8")
    with openai_server() as openai:
        # Enough for some of the servers and not for all, however quick the machine.
        openai.at_once = 4
        settings = {
            "DATABASE_URL": plain(database_url),
            "OPENAI_API_KEY": "test",
            "OPENAI_BASE_URL": openai.url,
        }
        command = [PROGRAM, "catalogue", "import", str(source)]
        running = await asyncio.create_subprocess_exec(
            *command, env=environment(home, **settings), cwd=home, stderr=asyncio.subprocess.DEVNULL
        )
        await until(lambda: has_begun(owner))
        running.kill()
        await running.wait()
        before = len(await rows(owner))
        openai.bodies.clear()
        openai.at_once = sys.maxsize
        again = await asyncio.to_thread(
            run_command, home, "catalogue", "import", str(source), **settings
        )

    assert 0 < before < 400
    said = again.stdout + again.stderr
    assert f"{400 - before} servers written, {before} unchanged" in said
    # Of each server its name and what it does.
    assert sum(map(len, openai.inputs)) == 2 * (400 - before)
    assert len(await rows(owner)) == 400


async def test_a_source_of_which_nothing_can_be_read_ends_with_1(
    home: Path, database_url: str
) -> None:
    (home / "bad.json").write_text('{"name": 7}', encoding="utf-8")
    nothing = run_command(home, "catalogue", "import", "bad.json", DATABASE_URL=database_url)
    (home / "good.json").write_text(json.dumps(item("bell")), encoding="utf-8")
    some = run_command(home, "catalogue", "import", ".", DATABASE_URL=database_url)

    assert nothing.returncode == 1
    assert "1 refused" in nothing.stderr
    assert some.returncode == 0, some.stderr


@pytest.mark.parametrize("nothing", ["[]", '{"servers": [], "metadata": {}}'])
def test_a_file_without_an_entry_is_told(home: Path, database_url: str, nothing: str) -> None:
    (home / "empty.json").write_text(nothing, encoding="utf-8")
    done = run_command(home, "catalogue", "import", "empty.json", DATABASE_URL=database_url)

    assert done.returncode == 2
    assert done.stderr.strip() == "empty.json: no entry in it"


async def test_no_source_is_not_the_folder_one_is_in(home: Path, database_url: str) -> None:
    (home / "good.json").write_text(json.dumps(item("bell")), encoding="utf-8")
    refused = run_command(home, "catalogue", "import", "", DATABASE_URL=database_url)

    assert refused.returncode == 2
    assert refused.stderr.strip() == "Name a file, a folder or the URL of a registry."


async def test_the_name_of_a_file_comes_in_as_what_can_be_shown_of_it(
    home: Path, database_url: str, owner: Database
) -> None:
    source = home / os.fsdecode(b"\x1b[2J\xffbells.json")
    source.write_text(json.dumps(item("bell")), encoding="utf-8")
    done = run_command(home, "catalogue", "import", str(source), DATABASE_URL=database_url)

    assert done.returncode == 0, done.stderr
    assert '"provenance": "[2Jbells.json, ' in (await rows(owner))["bell"]
