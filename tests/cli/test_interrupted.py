"""Ctrl-C and SIGTERM at moments that nobody would meet by hand."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from programs.processes import PROGRAM, environment

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


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("doctor",)])
def test_a_command_that_waits_for_its_database_hears_sigterm_as_a_first_process_too(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/outfitter"
        process = subprocess.Popen(
            [PROGRAM, *command],
            env=environment(tmp_path, DATABASE_URL=url),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # What nobody waits for is ignored, as it is by the first process of a container.
            preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),  # noqa: PLW1509
            text=True,
        )
        silent.settimeout(60)
        connection, _ = silent.accept()
        with connection, process:
            process.terminate()
            _, said = process.communicate(timeout=60)

    assert (process.returncode, said) == (-signal.SIGTERM, "")
