"""Settings that no service could be started with are told before it is tried."""

from pathlib import Path

import pytest

from outfitter.adapters.vault import Keyring
from outfitter.core.errors import Refused
from outfitter.settings import Settings
from outfitter.wiring.soundness import sound_settings

SOUND = {
    "DATABASE_URL": "postgresql://api@db/outfitter",
    "SUPABASE_URL": "https://project.supabase.co",
    "SUPABASE_JWT_SECRET": "s" * 32,
    "CREDENTIAL_KEYS": Keyring.new("k1"),
}


@pytest.fixture(autouse=True)
def _nothing_else_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def _set(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, given in settings.items():
        monkeypatch.setenv(name, given)


def test_sound_settings_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sound_settings() == Settings()
    _set(monkeypatch, **SOUND)
    assert sound_settings().supabase_url == SOUND["SUPABASE_URL"]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("DATABASE_URL", "mysql://s3cret@db/outfitter"),
        ("MIGRATION_DATABASE_URL", "mysql://s3cret@db/outfitter"),
        ("CATALOGUE_DATABASE_URL", "mysql://s3cret@db/outfitter"),
        ("SUPABASE_URL", "http://s3cret.example.org"),
        ("SUPABASE_JWT_SECRET", "s3cret"),
        ("CREDENTIAL_KEYS", "s3cret"),
        ("PORT", "s3cret"),
    ],
)
def test_what_a_part_would_refuse_is_told_by_its_name_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, given: str
) -> None:
    _set(monkeypatch, **(SOUND | {name: given}))

    with pytest.raises(Refused) as refused:
        sound_settings()

    (line,) = refused.value.detail.splitlines()
    assert line.count(name) == 1
    assert "s3cret" not in line


def test_without_sign_in_a_host_must_be_this_machine_or_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _set(monkeypatch, HOST="0.0.0.0")  # noqa: S104 - the address that must be refused
    with pytest.raises(Refused, match="HOST"):
        sound_settings()

    _set(monkeypatch, CLOSED_NETWORK="true")
    assert sound_settings().closed_network
