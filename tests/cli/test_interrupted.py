"""Ctrl-C at a moment that nobody would meet by hand."""

import subprocess
import sys

WHILE_IT_LOADS = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
from outfitter.__main__ import main
main()
"""


def test_ctrl_c_while_the_program_loads_ends_it_without_a_word() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHILE_IT_LOADS],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
