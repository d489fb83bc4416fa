"""The formats of values."""

import pytest

from outfitter.core.equipping.formats import fits

_UUID = "3f0c9a4e-7d21-4b8e-9c55-1a2b3c4d5e6f"


@pytest.mark.parametrize(
    ("value", "format_", "expected"),
    [
        ("ntn_abc", "^(ntn_|secret_)", True),
        ("xoxb-1", "^(ntn_|secret_)", False),
        ("shop.myshopify.com", r"\.myshopify\.com$", True),
        ("1.apps.googleusercontent.com", "*.apps.googleusercontent.com", True),
        ("elsewhere", "*.apps.googleusercontent.com", False),
        (_UUID, "uuid", True),
        ("no uuid", "uuid", False),
        (f"{_UUID}-1", "uuid", False),
        ("a" * 64, "64 hex characters", True),
        ("g" * 64, "64 hex characters", False),
        ("x" * 40, "40 characters", True),
        ("x" * 39, "40 characters", False),
        ("x" * 41, "40 characters", False),
        ("x", "40 characters or more", True),
        ("/etc/hosts", "file path", True),
        ("anything", None, True),
        ("anything", "^(broken", True),
        ("a" * 5000 + "!", "^(a+)+$", True),
    ],
)
def test_a_format_is_a_hint(value: str, format_: str | None, expected: bool) -> None:  # noqa: FBT001
    assert fits(value, format_) is expected
