"""The image is built from what is there, pinned, and runs as nobody in particular."""

import json
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest
from typer.main import get_command

from outfitter.adapters.postgres import revisions
from outfitter.cli import app
from outfitter.settings import Settings

ROOT = Path(__file__).parents[2]
Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    parts = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(name, rest) for name, rest in parts]


def last_stage() -> dict[str, str]:
    """What the image itself says; the later of two instructions wins."""
    found = instructions()
    start = max(place for place, (name, _) in enumerate(found) if name == "FROM")
    return dict(found[start:])


def test_everything_that_is_copied_is_there_and_let_through() -> None:
    allowed = _let_through()

    copied = [shlex.split(rest) for name, rest in instructions() if name == "COPY"]
    sources = [one for words in copied if "--from=build" not in words for one in words[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert source in allowed, f".dockerignore keeps {source} out"


def test_nothing_is_sent_to_the_build_that_it_has_no_use_for() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert lines[0] == "*"
    assert not any(fnmatch(".env", one.lstrip("!")) for one in lines if one.startswith("!"))


@pytest.mark.proves("R-67")
def test_every_package_is_pinned_by_its_hash() -> None:
    installs = [
        words
        for name, rest in instructions()
        if name == "RUN"
        for words in _commands(rest)
        if "install" in words and any("pip" in word for word in words)
    ]

    locked, itself = installs
    assert {"--require-hashes", "requirements/${LOCK}.lock"} <= set(locked)
    assert ("ARG", "LOCK=run") in instructions()
    # What is installed without hashes is this project, and brings nothing along.
    assert {"--no-deps", "--no-build-isolation"} <= set(itself)


def test_both_stages_stand_on_the_same_python() -> None:
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]

    assert len(set(bases)) == 1
    found = re.search(r"python:3\.(\d+)", bases[0])
    assert found is not None
    assert int(found[1]) >= 11


def test_the_service_runs_as_a_user_without_rights() -> None:
    stage = last_stage()

    assert stage["USER"] == "outfitter"
    assert "useradd --system --uid 10001" in stage["RUN"]
    assert f"chown {stage['USER']} {stage['VOLUME']}" in stage["RUN"]


def test_the_image_holds_no_secret() -> None:
    told = " ".join(rest for name, rest in instructions() if name in {"ENV", "ARG", "LABEL"})

    assert not re.search(r"KEY|SECRET|PASSWORD|TOKEN|_URL", told)


def test_what_the_image_sets_are_settings_or_python_s_own() -> None:
    names = {word.partition("=")[0] for word in shlex.split(last_stage()["ENV"])}

    ours = names - {"PATH", "PYTHONUNBUFFERED"}
    assert ours <= {name.upper() for name in Settings.model_fields}


def test_the_image_starts_a_command_that_exists() -> None:
    stage = last_stage()

    assert json.loads(stage["ENTRYPOINT"]) == ["outfitter"]
    (command,) = json.loads(stage["CMD"])
    assert command in getattr(get_command(app), "commands", {})


def test_it_is_stopped_by_the_signal_that_the_server_waits_for() -> None:
    assert last_stage()["STOPSIGNAL"] == "SIGTERM"


def test_the_port_is_the_one_of_the_settings() -> None:
    assert last_stage()["EXPOSE"] == str(Settings.model_fields["port"].default)


def test_migrations_are_found_where_the_image_has_them() -> None:
    copied = {
        source
        for name, rest in instructions()
        if name == "COPY"
        for source in shlex.split(rest)[:-1]
    }

    assert {"alembic", "alembic.ini", "src"} <= copied
    assert revisions.head()


def _let_through() -> set[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return {line.removeprefix("!") for line in lines if line.startswith("!")}


def _commands(run: str) -> list[list[str]]:
    return [shlex.split(one) for one in run.split("&&")]
