"""The real proxy, if this machine has it."""

import os
import shutil

import pytest


def required() -> str:
    """The program; without it the test is skipped, and fails in CI."""
    program = shutil.which("caddy")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("caddy is needed to test the proxy")
    if program is None:
        pytest.skip("caddy is not installed here, so the proxy cannot be tested")
    return program
