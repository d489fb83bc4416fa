"""Requests and foreign catalogues read from files, and what is wrong in them told by its line."""

import shutil
from pathlib import Path

import pytest

from outfitter.adapters.files import retrieval_files
from outfitter.adapters.files.retrieval_files import Request, Unread
from outfitter.core.errors import Refused

DATA = Path(__file__).parents[2] / "data/retrieval"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small set."""
    return Path(shutil.copytree(DATA, tmp_path / "set"))


def test_requests_come_with_their_needs_and_those_without_one_too() -> None:
    found = {one.id: one.needs for one in retrieval_files.asked(DATA)}

    assert found["r-3"] == (frozenset({"recipes"}), frozenset({"Gmail"}))
    assert found["5"] == ()
    assert len(found) == 5


def test_distractors_stand_beside_the_servers_and_take_no_name() -> None:
    alone = retrieval_files.catalogue_of(DATA, 0)
    more = retrieval_files.catalogue_of(DATA, 2)

    assert alone
    assert more
    assert set(more) - set(alone) == {"train-times", "stamp-collector"}
    assert more["Gmail"] == alone["Gmail"]
    with pytest.raises(Refused, match="only 2 distractors"):
        retrieval_files.catalogue_of(DATA, 3)


def test_distractors_may_lie_beside_the_folder(folder: Path) -> None:
    (folder / "distractors.jsonl").rename(folder.parent / "distractors_more.jsonl")

    assert "train-times" in (retrieval_files.catalogue_of(folder, 1) or {})


def test_a_folder_without_a_catalogue_means_another_one(folder: Path) -> None:
    (folder / "catalogue.jsonl").unlink()

    assert retrieval_files.catalogue_of(folder, 0) is None
    with pytest.raises(Refused, match="own catalogue"):
        retrieval_files.catalogue_of(folder, 1)


def test_a_request_for_a_server_that_is_not_there_is_refused() -> None:
    asked = retrieval_files.asked(DATA)

    retrieval_files.require_known(asked, retrieval_files.catalogue(DATA / "catalogue.jsonl"))
    with pytest.raises(Refused, match="r-1 needs 'Weather & Tides'"):
        retrieval_files.require_known(asked, {"Gmail"})


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"name": ', "2: not JSON"),
        ("[" * 100_000, "2: not JSON"),
        ('"a name"', "2: the document"),
        ('{"name": "", "description": "x"}', "2: name"),
        ('{"name": "x", "tools": [{"description": "y"}]}', "2: tools.0.name"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "catalogue.jsonl"
    file.write_text(f'{{"name": "fine"}}\n{line}\n', encoding="utf-8")

    with pytest.raises(Refused, match=complaint) as refused:
        retrieval_files.catalogue(file)
    assert str(file) in refused.value.detail


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.jsonl", tmp_path / "binary.jsonl"
    empty.write_text("\n", encoding="utf-8")
    binary.write_bytes(b"\xff\xfe")

    for file, complaint in (
        (tmp_path / "absent.jsonl", "No such file"),
        (empty, "no server"),
        (binary, "not UTF-8"),
    ):
        with pytest.raises(Refused, match=complaint):
            retrieval_files.catalogue(file)
    with pytest.raises(Refused, match="No such file"):
        retrieval_files.asked(tmp_path)


def test_requests_are_read_as_they_come_with_their_own_ids() -> None:
    lines = iter([b'{"id": 7, "query": "one"}\n', b"\n", b'{"id": [1.5, null], "query": ""}\n'])
    found = retrieval_files.requests(lines)

    assert (next(found).id, next(found).id) == (7, [1.5, None])


def test_a_line_that_is_no_request_keeps_its_place_and_its_id() -> None:
    lines = [
        b'{"id": 7}\n',
        b"\n",
        b"nonsense",
        b"[" * 100_000,
        b"5",
        b'{"query": "x"}',
        b'{"id": 1}',
    ]
    lines.append(b'{"id": 2, "query": "caf\xe9"}')

    assert [
        (one.id, one.why) for one in retrieval_files.requests(lines) if isinstance(one, Unread)
    ] == [
        (7, "line 1: query: Field required"),
        (None, "line 3: not JSON"),
        (None, "line 4: not JSON"),
        (None, "line 5: the document: Input should be an object"),
        (None, "line 6: id: Field required"),
        (1, "line 7: query: Field required"),
        (None, "line 8: not UTF-8"),
    ]


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e999", b"[NaN]"])
def test_an_id_that_no_json_can_give_back_is_none(number: bytes) -> None:
    (one,) = retrieval_files.requests([b'{"id": %s, "query": "x"}' % number])

    assert one == Unread(None, "line 1: not JSON")


def test_a_request_that_no_message_could_hold_is_cut_to_one() -> None:
    (one,) = retrieval_files.requests([b'{"id": 1, "query": "' + b"mail " * 20_000 + b'"}\n'])

    assert isinstance(one, Request)
    assert len(one.query) == 16_000


def test_a_mark_before_the_text_is_passed_over(tmp_path: Path) -> None:
    (one,) = retrieval_files.requests([b'\xef\xbb\xbf{"id": 1, "query": "send a mail"}\r\n'])
    file = tmp_path / "catalogue.jsonl"
    file.write_text('\ufeff{"name": "Mail", "description": "Send a mail"}\r\n', "utf-8")

    assert isinstance(one, Request)
    assert one.query == "send a mail"
    assert list(retrieval_files.catalogue(file)) == ["Mail"]
