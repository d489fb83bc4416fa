"""A sealed value opens in its own place for its own user, and nowhere else."""

import base64
import os
import stat
import threading
from dataclasses import replace
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outfitter.adapters.store.credentials import Sealed
from outfitter.adapters.vault import Keyring, Unreadable, Vault, local_keyring
from outfitter.core.errors import Refused
from outfitter.core.user import User

ANNA = User("0190a000-0000-7000-8000-00000000000a")
BERT = User("0190a000-0000-7000-8000-00000000000b")


def written(*ids: str) -> str:
    """Keys as an operator writes them; the same id is always the same key."""
    return ",".join(f"{one}:{base64.b64encode(_key(one)).decode()}" for one in ids)


def _key(key_id: str) -> bytes:
    return bytes((7 * place + sum(key_id.encode())) % 256 for place in range(32))


def vault(*ids: str) -> Vault:
    return Vault(Keyring.parse(written(*ids)))


@pytest.fixture
def sealed() -> Sealed:
    """A value of Anna's."""
    return vault("k1").seal(ANNA, "notion", "NOTION_TOKEN", "ntn_secret")


def test_what_is_sealed_opens_again(sealed: Sealed) -> None:
    assert vault("k1").open(ANNA, sealed) == "ntn_secret"


@given(st.text(st.characters(), max_size=200))
def test_every_text_comes_back_exactly(value: str) -> None:
    one = vault("k1")
    assert one.open(ANNA, one.seal(ANNA, "notion", "KEY", value)) == value


def test_the_stored_form_names_its_version_and_key_and_not_the_value(sealed: Sealed) -> None:
    assert sealed.sealed.startswith("v1.k1.")
    assert sealed.key_id == "k1"
    assert sealed.account == "default"
    assert "ntn_secret" not in repr(sealed)


@pytest.mark.proves("R-40")
def test_the_same_value_is_never_sealed_the_same_way_twice(sealed: Sealed) -> None:
    assert vault("k1").seal(ANNA, "notion", "NOTION_TOKEN", "ntn_secret").sealed != sealed.sealed


@pytest.mark.proves("R-39")
@pytest.mark.parametrize(
    "change",
    [{"server": "slack"}, {"key": "OTHER"}, {"account": "work"}, {"key_id": "k2"}],
    ids=["server", "key", "account", "sealing key"],
)
def test_a_value_moved_to_another_place_does_not_open(
    sealed: Sealed, change: dict[str, Any]
) -> None:
    with pytest.raises(Unreadable):
        vault("k1", "k2").open(ANNA, replace(sealed, **change))


@pytest.mark.proves("R-39")
def test_a_value_moved_to_another_user_does_not_open(sealed: Sealed) -> None:
    with pytest.raises(Unreadable):
        vault("k1").open(BERT, sealed)


@pytest.mark.proves("R-39")
def test_names_that_join_alike_are_still_two_places() -> None:
    one = vault("k1")
    sealed = one.seal(ANNA, "a", "de", "x", account="bc")
    for moved in (
        replace(sealed, server="ab", account="c"),
        replace(sealed, account="bcd", key="e"),
    ):
        with pytest.raises(Unreadable):
            one.open(ANNA, moved)


@pytest.mark.proves("R-39")
def test_no_changed_character_goes_unnoticed(sealed: Sealed) -> None:
    text = sealed.sealed
    for place in range(len(text)):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(Unreadable):
            vault("k1").open(ANNA, replace(sealed, sealed=text[:place] + other + text[place + 1 :]))


@pytest.mark.proves("R-39")
@pytest.mark.parametrize("value", ["x", "xx", "xxx"])
def test_every_other_last_character_is_noticed(value: str) -> None:
    sealed = vault("k1").seal(ANNA, "notion", "NOTION_TOKEN", value)
    # Of some last characters only a few bits count.
    for other in set(ascii_letters + digits + "-_") - {sealed.sealed[-1]}:
        with pytest.raises(Unreadable):
            vault("k1").open(ANNA, replace(sealed, sealed=sealed.sealed[:-1] + other))


@pytest.mark.proves("R-39")
@pytest.mark.parametrize("value", ["x", "xx", "xxx"])
@pytest.mark.parametrize("added", ["!", " ", "\n", "A", "=", "==", "==="])
def test_no_added_character_goes_unnoticed(value: str, added: str) -> None:
    # Values of three lengths: how many characters the last bytes take depends on it.
    sealed = vault("k1").seal(ANNA, "notion", "NOTION_TOKEN", value)
    with pytest.raises(Unreadable):
        vault("k1").open(ANNA, replace(sealed, sealed=sealed.sealed + added))


def test_what_an_earlier_release_sealed_still_opens() -> None:
    text = "v1.k1.AAECAwQFBgcICQoLUh88nopjbCT85thW-ybaIayaXQH24YbEe0w"
    assert vault("k1").open(ANNA, Sealed("notion", "NOTION_TOKEN", text, "k1")) == "ntn_secret"


@pytest.mark.parametrize(
    "text", ["", "v1", "v1.k1.", "v1.k1.AAAA", "v2.k1.AAAA", "a.b.c.d", "é.é.é"]
)
def test_what_was_never_sealed_is_unreadable(sealed: Sealed, text: str) -> None:
    with pytest.raises(Unreadable):
        vault("k1").open(ANNA, replace(sealed, sealed=text))


@pytest.mark.proves("R-41")
def test_a_new_first_key_seals_and_the_old_one_still_opens(sealed: Sealed) -> None:
    both = vault("k2", "k1")
    assert both.open(ANNA, sealed) == "ntn_secret"
    again = both.seal(ANNA, "notion", "NOTION_TOKEN", both.open(ANNA, sealed))
    assert again.key_id == "k2"
    assert vault("k2").open(ANNA, again) == "ntn_secret"


def test_a_value_whose_key_is_gone_is_unreadable(sealed: Sealed) -> None:
    with pytest.raises(Unreadable) as caught:
        vault("k2").open(ANNA, sealed)
    assert "ntn_secret" not in str(caught.value)


@pytest.mark.proves("R-62")
def test_a_fingerprint_tells_texts_and_users_apart() -> None:
    one = vault("k2", "k1")
    mark = one.fingerprint(ANNA, "hello")
    assert mark == vault("k2").fingerprint(ANNA, "hello")
    assert len(mark) == 64
    others = {
        one.fingerprint(ANNA, "hello "),
        one.fingerprint(BERT, "hello"),
        vault("k1").fingerprint(ANNA, "hello"),
    }
    assert mark not in others
    assert len(others) == 3


@pytest.mark.proves("R-42")
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "key 1"),
        ("changeme", "key 1 .* as `outfitter keys new` prints one"),
        (f"{written('k1')},", "key 2"),
        ("k1:AAAA", "k1 must be 32 bytes"),
        ("k1:c3VwZXJzZWNyZXR2YWx1ZQ==", "k1 must be 32 bytes"),
        ("k1:super!secret", "k1 is not base64"),
        (f"{written('k1')[:20]}!{written('k1')[20:]}", "k1 is not base64"),
        (f"k1:{base64.b64encode(bytes(32)).decode()}", "k1 is not random"),
        (f"k1:{base64.b64encode(b'changeme' * 4).decode()}", "k1 is not random"),
        (f"{written('k1')},{written('k1')}", "k1 is there twice"),
        (f"two words:{written('k1')[3:]}", "key 1"),
    ],
)
def test_unusable_keys_are_refused_without_showing_them(text: str, hint: str) -> None:
    with pytest.raises(Refused, match=hint) as caught:
        Keyring.parse(text)
    secrets = [part.partition(":")[2] for part in text.split(",")]
    assert not any(one and one in str(caught.value) for one in secrets)
    assert caught.value.__cause__ is None


def test_a_key_of_fewer_than_twelve_different_bytes_is_not_random() -> None:
    def key_of(different: int) -> str:
        return f"k1:{base64.b64encode(bytes(at % different for at in range(32))).decode()}"

    assert tuple(Keyring.parse(key_of(12)).keys) == ("k1",)
    with pytest.raises(Refused, match="not random"):
        Keyring.parse(key_of(11))


def test_spaces_around_keys_mean_nothing() -> None:
    assert Keyring.parse(f" k2: {written('k2')[3:]} ,\n{written('k1')}\n") == Keyring.parse(
        written("k2", "k1")
    )


@pytest.mark.parametrize("key_id", ["", "two words", "a:b", "x" * 33])
def test_an_id_that_could_not_be_read_again_gets_no_key(key_id: str) -> None:
    with pytest.raises(Refused):
        Keyring.new(key_id)


@pytest.mark.proves("R-42")
def test_keys_are_not_shown() -> None:
    ring = Keyring.parse(written("k2", "k1"))
    assert repr(ring) == "Keyring(k2, k1)"
    assert Vault(ring).key_ids == ("k2", "k1")


@pytest.mark.proves("R-45")
def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "credential.key"
    first = local_keyring(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert local_keyring(path) == first
    assert [one.name for one in path.parent.iterdir()] == ["credential.key"]


def test_what_a_lost_key_file_sealed_is_not_taken_for_changed(tmp_path: Path) -> None:
    path = tmp_path / "credential.key"
    sealed = Vault(local_keyring(path)).seal(ANNA, "github", "GITHUB_TOKEN", "a value")
    path.unlink()

    anew = Vault(local_keyring(path))

    assert sealed.key_id not in anew.key_ids
    assert (anew.opened(ANNA, [sealed]), anew.tampered([sealed])) == ({}, [])


@pytest.mark.proves("R-45")
@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "credential.key"
    local_keyring(path)
    path.chmod(mode)
    with pytest.raises(Refused, match="chmod 600"):
        local_keyring(path)


@pytest.mark.parametrize("content", [b"", b"local:short", b"local:\xff"])
def test_a_broken_key_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "credential.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"credential\.key"):
        local_keyring(path)


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    path = tmp_path / "credential.key"
    rings: list[Keyring] = []
    threads = [threading.Thread(target=lambda: rings.append(local_keyring(path))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert len(rings) == 8
    assert all(one == rings[0] for one in rings)
