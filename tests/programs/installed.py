"""Programs of the system that tests run beside the service."""

import os
import random
import shutil
import socket
from contextlib import suppress

import pytest

# Below the ports that the system gives to clients: one of them could take a server's while it is
# away, or even connect to itself there.
_PORTS = range(20_000, 30_000)


def required(name: str) -> str:
    """The path of a program; without it the test is skipped, and fails in CI."""
    # Debian keeps some where only root looks.
    program = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is needed for this test")
    if program is None:
        pytest.skip(f"{name} is not installed here")
    return program


def free_port() -> int:
    """A port that nobody has and that no client is given."""
    for port in random.SystemRandom().sample(_PORTS, 50):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")
