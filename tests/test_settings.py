"""What can be set, and what would never do what it says."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from outfitter.settings import Settings, complaints, risks, slips


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("cors_origins", '["https://app.example.org", "http://localhost:3000"]'),
        ("cors_origins", '["*", "capacitor://localhost"]'),
        ("allowed_hosts", '["api.example.org", "*.example.org", "127.0.0.1"]'),
        ("allowed_hosts", '["*"]'),
        ("openai_base_url", "http://127.0.0.1:8080/v1"),
    ],
)
def test_what_can_be_met_is_taken(name: str, given: str) -> None:
    Settings(_env_file=None, **{name: given})


@pytest.mark.parametrize(
    ("name", "given"),
    [("log_level", "INFO"), ("log_level", "Warning"), ("db_pooler", "TRANSACTION"), ("docs", "NO")],
)
def test_a_word_out_of_few_is_taken_in_any_case(name: str, given: str) -> None:
    plain = Settings(_env_file=None, **{name: given.lower()})
    assert Settings(_env_file=None, **{name: given}) == plain


def test_a_folder_below_ones_home_is_meant_where_no_shell_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert Settings(_env_file=None, data_dir="~/outfitter").data_dir == Path("/home/ada/outfitter")


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("data_dir", "~nobody-of-that-name/outfitter", "that home is unknown"),
        ("cors_origins", '["https://app.example.org/"]', "without a path"),
        ("cors_origins", '["app.example.org"]', "origins such as https://"),
        ("allowed_hosts", '["api.example.org:443"]', "without a port"),
        ("allowed_hosts", '["https://api.example.org"]', "names such as"),
        ("allowed_hosts", '["api.*"]', "names such as"),
        ("allowed_hosts", "[]", "at least one name"),
        ("anthropic_base_url", "s3cret", "begins with https:// or http://"),
        ("openai_base_url", "127.0.0.1:8080", "begins with https:// or http://"),
        ("otel_exporter_otlp_endpoint", "collector:4318", "begins with https:// or http://"),
    ],
)
def test_what_could_never_be_met_is_told_and_not_shown(name: str, given: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, **{name: given})

    (line,) = complaints(refused.value)
    assert line.startswith(f"{name.upper()}: must be ")
    assert says in line
    assert given not in line


@pytest.mark.parametrize("name", ["model_timeout", "model_deadline", "drain_seconds"])
@pytest.mark.parametrize("given", ["inf", "nan", "-1", "1e9"])
def test_no_wait_is_endless(name: str, given: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, **{name: given})


@pytest.mark.parametrize(
    ("believed", "is_risky"),
    [
        ("127.0.0.1", False),
        ("10.0.0.0/8, ::1", False),
        ("*", True),
        ("0.0.0.0/0", True),
        ("10.0.0.1, ::/0", True),
    ],
)
def test_to_believe_everybody_where_they_come_from_is_a_risk(
    believed: str, *, is_risky: bool
) -> None:
    told = risks(Settings(_env_file=None, forwarded_allow_ips=believed))

    assert bool(told) is is_risky
    assert all(one.startswith("FORWARDED_ALLOW_IPS ") for one in told)


def test_a_slip_behind_a_byte_order_mark_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DATABASE_ULR=postgresql://me@there/mine\n", "utf-8-sig")
    monkeypatch.chdir(tmp_path)

    assert slips() == [".env sets DATABASE_ULR, which is no setting: DATABASE_URL is one."]


def test_a_switch_that_is_neither_on_nor_off_is_told_what_it_may_be() -> None:
    with pytest.raises(ValidationError) as wrong:
        Settings(_env_file=None, docs="maybe")

    assert complaints(wrong.value) == ["DOCS: must be true or false"]
