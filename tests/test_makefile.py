"""What `make` does before there is anything of ours that could do it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from outfitter.settings import Settings
from programs.installed import required

ROOT = Path(__file__).parents[1]
MAKEFILE = ROOT / "Makefile"
# As Debian's Python without its package python3-venv.
_WITHOUT_PIP = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; esac
case "$1" in -c) exit 0 ;; esac
mkdir -p "$3/bin" && : >"$3/bin/python"
exit 1
"""


def make(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What make comes to in that folder, which has the Makefile."""
    shutil.copy(MAKEFILE, folder)
    given = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run(
        [required("make"), *words],
        cwd=folder,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def path_without_pip(tmp_path: Path) -> str:
    """A PATH on which the Python that is looked for first makes no environment with pip."""
    (tmp_path / "programs").mkdir()
    program = tmp_path / "programs" / "python3.13"
    program.write_text(_WITHOUT_PIP)
    program.chmod(0o755)
    (tmp_path / "programs" / "python3").symlink_to(sys.executable)
    return f"{program.parent}:/usr/bin:/bin"


def test_help_lists_every_command(tmp_path: Path) -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE.read_text("utf-8"), re.MULTILINE)
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE.read_text("utf-8"), re.MULTILINE))
    listed = re.findall(r"^  make (\S+) +\S", make(tmp_path).stdout, re.MULTILINE)

    assert listed == sorted(targets)
    assert targets == set(phony.split())


def test_what_make_is_told_sets_nothing_of_the_service() -> None:
    # Make hands what it is told on to all it starts.
    told = set(re.findall(r"\$\((?:or |if )?\$?\(?([A-Z]+)\b", MAKEFILE.read_text("utf-8")))

    assert {"JOBS", "SET"} <= told
    assert not told & {name.upper() for name in Settings.model_fields}


def test_a_python_that_makes_no_environment_is_passed_over(
    tmp_path: Path, path_without_pip: str
) -> None:
    (tmp_path / "taken.mk").write_text("taken: ; @echo $(PYTHON)")
    taken = make(tmp_path, "-f", "Makefile", "-f", "taken.mk", "taken", PATH=path_without_pip)

    assert taken.stdout.strip() in {"python3.12", "python3.11", "python3"}


def test_an_environment_that_was_only_half_made_is_made_anew(
    tmp_path: Path, path_without_pip: str
) -> None:
    words = (".venv/bin/python", "PYTHON=python3.13")
    half = make(tmp_path, *words, PATH=path_without_pip)
    again = make(tmp_path, *words, PATH=path_without_pip)

    assert (half.returncode, again.returncode) == (2, 2)
