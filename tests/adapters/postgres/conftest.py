"""Where tests of the embedded Postgres keep its data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from programs.databases import open_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that whoever runs the server may pass through."""
    with open_folder() as path:
        yield path
