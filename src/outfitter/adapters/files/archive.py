"""A folder of texts as a zip file, the same bytes for the same texts."""

import io
import zipfile
from collections.abc import Mapping

_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE = 0o100644
_PROGRAM = 0o100755


def zipped(files: Mapping[str, str], folder: str = "agent") -> bytes:
    """The files by path, in one folder; programs may be run straight after unpacking."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            # A half of a surrogate pair has no bytes; the rest of the text still has.
            content = files[path].encode("utf-8", "replace")
            archive.writestr(_entry(f"{folder}/{path}"), content)
    return buffer.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _NO_DATE)
    entry.create_system = _UNIX
    entry.compress_type = zipfile.ZIP_DEFLATED
    mode = _PROGRAM if path.endswith((".sh", "/verify.py")) else _FILE
    entry.external_attr = mode << 16
    return entry
