"""The wheel that pip installs: all that the service needs is in it."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from outfitter.adapters.postgres import revisions

CLONE = Path(__file__).parents[2]
_TOLD = (
    "from outfitter.adapters.postgres import revisions as here;"
    "print(here.head(), here.INI.is_file(), here.FOLDER)"
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel holds, in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CLONE, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as held:
        held.extractall(folder / "site")
    return folder / "site"


def test_an_installed_service_finds_its_migrations(unpacked: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _TOLD],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    )
    folder = unpacked / "outfitter" / "alembic" / "versions"
    assert told.stdout.split() == [revisions.head(), "True", str(folder)]


def test_a_wheel_holds_every_file_of_the_package(unpacked: Path) -> None:
    package = CLONE / "src" / "outfitter"
    sources = {
        one.relative_to(package)
        for one in package.rglob("*")
        if one.is_file() and "__pycache__" not in one.parts
    }
    held = {
        one.relative_to(unpacked / "outfitter")
        for one in unpacked.rglob("*")
        if one.is_file() and one.is_relative_to(unpacked / "outfitter")
    }
    assert sources <= held
