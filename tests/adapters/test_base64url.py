"""Bytes as text for addresses and tokens."""

import pytest

from outfitter.adapters.base64url import decoded, encoded


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), (b"\xfb", "-w"), (b"\xff\xfe", "__4"), (b"abc", "YWJj")],
)
def test_bytes_come_back_from_their_text(content: bytes, text: str) -> None:
    assert encoded(content) == text
    assert decoded(text) == content


@pytest.mark.parametrize("text", ["-x", "-w==", "+w", "YW Jj"])
def test_another_way_to_write_the_same_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        decoded(text)
