"""The forms of a Postgres address."""

import pytest

from outfitter.adapters.postgres.database_url import async_url
from outfitter.core.errors import Refused


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_usual_form_is_understood(scheme: str) -> None:
    url = async_url(f" {scheme}://me:p%40ss@db.example.com:6543/app\n")
    assert url == "postgresql+asyncpg://me:p%40ss@db.example.com:6543/app"


def test_hosts_and_ports_may_stand_behind_the_name() -> None:
    url = "postgresql+asyncpg://me:p@/app?host=one%2Ctwo&port=5432%2C5433"
    assert async_url(url.replace("%2C", ",")) == url


def test_the_mode_of_encryption_goes_on_in_the_drivers_word() -> None:
    assert async_url("postgres://h/app?sslmode=require") == "postgresql+asyncpg://h/app?ssl=require"


def test_advice_to_other_drivers_is_passed_over() -> None:
    url = "postgresql://h/app?pgbouncer=true&channel_binding=require&application_name=x"
    assert async_url(url) == "postgresql+asyncpg://h/app"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "me:hunter2@db/app",
        "mysql://me:hunter2@db/app",
        "postgresql+psycopg2://me:hunter2@db/app",
        "postgresql://me:hunter2@db:port/app",
        "postgresql://me:hunter2@db:0/app",
        "postgresql://me:hunter2@db:65536/app",
        "postgresql://me:hunter2@/app?host=db&port=none",
        "postgresql://me:hunter2@/app?host=one,two&port=5432,99999",
        "postgresql://me:hunter2@db",
        "postgresql://me:hunter2@db/app?options=-csearch_path%3Dx",
    ],
)
def test_anything_else_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(Refused) as told:
        async_url(url)
    assert "hunter2" not in told.value.detail
    assert "\n" not in told.value.detail


@pytest.mark.parametrize("more", ["", "/x", "/x#:%"])
def test_a_password_that_parts_the_address_is_to_be_written_otherwise_and_not_shown(
    more: str,
) -> None:
    with pytest.raises(Refused, match="%40") as told:
        async_url(f"postgresql://me:hun@ter2{more}@db/app")
    assert "hun" not in told.value.detail
    assert "ter2" not in told.value.detail


def test_the_folder_of_a_socket_is_an_option() -> None:
    url = "postgresql+asyncpg://me@/app?host=%2Frun%2Fpostgresql"
    assert async_url(url) == url
    with pytest.raises(Refused, match="in an option: "):
        async_url("postgresql://me@%2Frun%2Fpostgresql/app")


def test_the_file_of_whoever_signs_certificates_is_set_elsewhere() -> None:
    with pytest.raises(Refused, match="set PGSSLROOTCERT to that file"):
        async_url("postgresql://me:hunter2@db/app?sslmode=verify-full&sslrootcert=/etc/ca.pem")
