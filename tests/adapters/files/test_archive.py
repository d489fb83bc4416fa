"""The zip file a bundle comes in."""

import io
import zipfile

from outfitter.adapters.files.archive import zipped

FILES = {"agent.py": "a", "prefetch.sh": "b", "verify.py": "c", "sub/.env.example": "é"}


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_everything_lies_in_one_folder() -> None:
    names = opened(zipped(FILES, "invoices")).namelist()
    assert sorted(names) == sorted(f"invoices/{path}" for path in FILES)
    assert opened(zipped(FILES, "x")).read("x/sub/.env.example").decode() == "é"


def test_the_same_files_give_the_same_bytes() -> None:
    assert zipped(FILES) == zipped(dict(reversed(FILES.items())))


def test_programs_may_be_run_and_nothing_else() -> None:
    modes = {
        one.filename: one.external_attr >> 16 & 0o777 for one in opened(zipped(FILES)).filelist
    }
    assert modes == {
        "agent/agent.py": 0o644,
        "agent/prefetch.sh": 0o755,
        "agent/verify.py": 0o755,
        "agent/sub/.env.example": 0o644,
    }


def test_a_text_without_bytes_does_not_stop_the_download() -> None:
    assert opened(zipped({"a": "x\ud800"})).read("agent/a") == b"x?"
