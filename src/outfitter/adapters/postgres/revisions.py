"""Which revision of the tables this version needs, told without loading what migrates them."""

from pathlib import Path

from outfitter.core.errors import Refused

# A clone has the migrations beside its sources, an installed package within itself.
_HOMES = (Path(__file__).parents[4], Path(__file__).parents[2])
_HOME = next((one for one in _HOMES if (one / "alembic.ini").is_file()), _HOMES[0])
INI = _HOME / "alembic.ini"
FOLDER = _HOME / "alembic" / "versions"


def head() -> str:
    """The last of the numbers that the revisions' files begin with. Raises Refused."""
    numbers = sorted(path.name[:4] for path in FOLDER.glob("[0-9][0-9][0-9][0-9]_*.py"))
    if not numbers:
        raise Refused("There are no migrations beside the service.")
    return numbers[-1]
