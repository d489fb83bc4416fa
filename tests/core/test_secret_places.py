"""Passwords that only the place where they stand gives away, and talk that is as like as can be."""

from pathlib import Path

import pytest

from outfitter.core.secrets import find, redact
from secret_search import takes_as_long_as_it_is

TALK = Path(__file__).parents[1] / "data" / "talk"
PLACED = TALK.joinpath("placed.txt").read_text().splitlines()
HARMLESS = TALK.joinpath("harmless.txt").read_text().splitlines()
HEX, LETTERS = "9b2c4d6e8f0a1b3c", "aB3dE5fG7hI9jK1l"


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("text", PLACED)
def test_a_password_is_found_by_its_place(text: str) -> None:
    left = redact(text).text
    assert "hunter2x" not in left
    assert "5d7e9f" not in left


@pytest.mark.proves("R-44")
def test_what_is_as_like_as_can_be_is_left_alone() -> None:
    texts = [one.replace("\\n", "\n") for one in HARMLESS]
    touched = [redact(one).text for one in texts if find(one)]
    assert len(set(texts)) > 190
    assert touched == []
    # Two lines are no key that a line end broke.
    assert find("\n\n".join(texts)) == ()


@pytest.mark.proves("R-44")
@pytest.mark.parametrize(
    ("first", "rest"),
    [(HEX, HEX[::-1]), (LETTERS, "zY8xW6vU4t"), (HEX, f"{HEX}\n{HEX}"), (HEX, f"{HEX[:9]}.")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n    "])
def test_a_key_of_no_known_form_that_a_line_end_broke_is_removed_whole(
    first: str, rest: str, end: str
) -> None:
    dot = "." if rest.endswith(".") else ""
    text = f"api key: {first}{end}{rest}\nThanks"
    assert redact(text).text == f"api key: [secret removed: secret]{dot}\nThanks"


@pytest.mark.parametrize(
    "rest", ["Order4711Number8", "thanks", f"{HEX} is the order", f"\n{HEX}", "2026", "short1"]
)
def test_a_line_below_a_key_of_no_known_form_is_none_of_it(rest: str) -> None:
    assert redact(f"api key: {HEX}\n{rest}").text == f"api key: [secret removed: secret]\n{rest}"
    assert redact(f"password: hunter2x\n{rest}").text.endswith(f"]\n{rest}")


HOSTILE = (
    *("mysql -", "7z -p", "sqlcmd -U sa ", "--pass ", "--a-pass a1 ", "-pass=", "ldapsearch -w"),
    *("login is a / ", "login is ", "log in as a with ", "user a pass ", "user a / ", "u: a p: "),
    *("user must ", "credentials are a,", "user/pass: a/", "htpasswd -b a b ", "sqlplus a/"),
    *("smbclient -U a%", "password for a b c d e f g h ", "password for " + "a " * 20),
    *("password for the a is a is ", "set the password to ", "set my new password for a b "),
    *("password, " + "a" * 59, "password (" + "a" * 59, "password should ", "-" * 60 + "pass "),
    *("login: a, a1", "login: a, " + "1" * 40, "รหัส: ", "รหัส: a1"),
    *("รหัสผ่าน a1b2c3d4 ", f"key: {HEX}\n", f"{HEX}\n", "key: " + f"{HEX}\n" * 40, "log in as "),
)


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    assert takes_as_long_as_it_is(part)
