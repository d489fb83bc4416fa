"""What is looked at before the service takes a request."""

import secrets
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from catalogues import a_server
from outfitter import wiring
from outfitter.adapters import tracing
from outfitter.adapters.metrics import Metrics
from outfitter.adapters.postgres import migrations
from outfitter.core.errors import Refused, Unavailable
from outfitter.settings import Settings
from programs.databases import as_api, run
from programs.pgbouncer import pooled


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A laptop's settings."""
    return Settings(_env_file=None, data_dir=tmp_path)


@pytest.fixture
async def stocked_url(settings: Settings, database_url: str) -> str:
    """The owner's URL of a database with a server in its catalogue."""
    async with wiring.loading(settings, database_url) as loader:
        await loader.bring([a_server("one")], lambda _done, _total: None)
    return database_url


async def test_a_role_above_row_security_is_written_down_and_the_right_one_is_not(
    settings: Settings, stocked_url: str
) -> None:
    with capture_logs() as quiet:
        await wiring.preflight(settings, as_api(stocked_url))
    with capture_logs() as told:
        await wiring.preflight(settings, stocked_url)

    name = make_url(stocked_url).username
    said = f"{name} stands above row security: let DATABASE_URL name outfitter_api."
    assert quiet == []
    assert told == [{"event": said, "log_level": "warning"}]


async def test_a_role_above_row_security_is_told_once_when_the_database_comes_after_the_start(
    settings: Settings, stocked_url: str
) -> None:
    away = settings.model_copy(update={"db_pool_timeout": 1.0})
    with pytest.raises(Unavailable):
        await wiring.preflight(away, "postgresql://outfitter_api@127.0.0.1:1/outfitter")
    with capture_logs() as told:
        async with wiring.running(settings, stocked_url, Metrics(), warm=False) as services:
            await services.health.ready()
            await services.health.ready()

    assert [one["log_level"] for one in told] == ["warning"]
    assert "stands above row security" in told[0]["event"]


async def test_whoever_asks_is_told_which_part_is_to_blame_and_the_log_why(
    settings: Settings, database_url: str
) -> None:
    for url, part, why in (
        ("postgresql://me@127.0.0.1:1/inside", "database", "127.0.0.1:1 does not answer"),
        (as_api(database_url), "catalogue", "run `outfitter catalogue load`"),
    ):
        with capture_logs() as told:
            async with wiring.running(settings, url, Metrics(), warm=False) as services:
                for _ in range(2):
                    with pytest.raises(Unavailable) as away:
                        await services.health.ready()

        said = f"The {part} cannot serve requests just now; the log says why."
        assert (away.value.detail, away.value.code) == (said, "not_ready")
        assert [why in one["event"] for one in told if "the database is" not in one["event"]] == [
            True
        ]


async def test_a_service_whose_tables_are_gone_is_not_ready_until_they_are_back(
    settings: Settings, stocked_url: str
) -> None:
    api = as_api(stocked_url)
    async with wiring.running(settings, api, Metrics(), warm=False) as services:
        await services.health.ready()
        await migrations.downgrade(stocked_url)
        with capture_logs() as told, pytest.raises(Unavailable) as away:
            await services.health.ready()
        await migrations.upgrade(stocked_url)
        with pytest.raises(Unavailable) as empty:
            await services.health.ready()

    assert "The database cannot serve" in away.value.detail
    assert ["outfitter migrate" in one["event"] for one in told] == [True]
    assert "The catalogue cannot serve" in empty.value.detail


@pytest.mark.parametrize("rights", [(), ("GRANT anon, authenticated TO {role} WITH SET FALSE",)])
async def test_a_role_that_cannot_act_as_users_is_refused(
    settings: Settings, stocked_url: str, rights: tuple[str, ...]
) -> None:
    # Roles belong to the whole server, and others may test on it.
    role = f"narrow_{secrets.token_hex(4)}"
    login = f"CREATE ROLE {role} LOGIN PASSWORD 'narrow'"
    reads = f"GRANT SELECT ON alembic_version TO {role}"
    narrow = make_url(stocked_url).set(username=role, password="narrow")

    await run(stocked_url, login, reads, *(one.format(role=role) for one in rights))
    try:
        with pytest.raises(Refused) as refused:
            await wiring.preflight(settings, narrow.render_as_string(hide_password=False))
    finally:
        await run(stocked_url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")

    assert refused.value.detail == (
        f"{role} may not act as anon or authenticated: let DATABASE_URL name outfitter_api."
    )


async def test_a_collector_of_spans_that_cannot_be_spoken_to_is_told_before_the_start(
    settings: Settings, stocked_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "_EXTRA", ("opentelemetry.nowhere",))
    traced = settings.model_copy(update={"otel_exporter_otlp_endpoint": "http://127.0.0.1:1"})

    with pytest.raises(Refused, match="pip install"):
        await wiring.preflight(traced, as_api(stocked_url))


async def test_more_connections_than_the_database_has_are_told_before_they_are_missed(
    settings: Settings, stocked_url: str
) -> None:
    many = settings.model_copy(update={"workers": 64, "db_pool_size": 200})
    with pytest.raises(Refused, match=r"are 12800 connections, and the database has \d+ for them"):
        await wiring.require_connections(many, as_api(stocked_url))
    await wiring.require_connections(settings, as_api(stocked_url))


def test_as_many_connections_as_there_are_are_not_too_many_nor_are_those_of_a_pooler(
    settings: Settings,
) -> None:
    many = settings.model_copy(update={"workers": 8, "db_pool_size": 20})
    pooled = many.model_copy(update={"db_pooler": "transaction"})

    assert wiring.connections(many, 160).startswith("160 at most")
    assert wiring.connections(pooled, 97).startswith("160 at most")


async def test_a_pooler_that_hands_connections_on_is_told_before_it_is_met(
    settings: Settings, stocked_url: str
) -> None:
    with pooled(as_api(stocked_url)) as through:
        with pytest.raises(Refused, match="set DB_POOLER=transaction"):
            await wiring.require_connections(settings, through)
        aware = settings.model_copy(update={"db_pooler": "transaction"})
        await wiring.require_connections(aware, through)
