"""The compose file says what the code does."""

import os
import re
import shutil
import subprocess
from configparser import ConfigParser
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from outfitter.adapters.postgres.embedded import TERSE
from outfitter.adapters.sign_in.newcomer import refuse_newcomer
from outfitter.cli import app
from outfitter.cli.database import owner_url
from outfitter.core.errors import Refused
from outfitter.settings import Settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
GIVEN = {"POSTGRES_PASSWORD": "owner-password", "API_PASSWORD": "api-password"}
# What the network of the stack settles, so that an operator has nothing to say there.
SETTLED = {
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
    "DATA_DIR",
    "HOST",
    "PORT",
    "FORWARDED_ALLOW_IPS",
    "CLOSED_NETWORK",
}
_VARIABLE = re.compile(r"\$\{([A-Z_0-9]+)(?::([-?])([^}]*))?\}")

Json = dict[str, Any]


class Missing(Exception):
    """A variable that must be set is not; the name comes first."""


def filled(text: str, given: dict[str, str]) -> str:
    """The text with its variables filled in as compose does it."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if kind == "?" and not given.get(name):
            raise Missing(name, rest)
        return given.get(name) or (rest if kind == "-" else "")

    return _VARIABLE.sub(value, text)


def stack(**given: str) -> Json:
    """The services as they are with these variables."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    services: Json = _everywhere(document["services"], {**GIVEN, **given})
    return services


def _everywhere(part: Any, given: dict[str, str]) -> Any:  # noqa: ANN401 - any YAML
    match part:
        case str():
            return filled(part, given)
        case list():
            return [_everywhere(one, given) for one in part]
        case dict():
            return {name: _everywhere(one, given) for name, one in part.items()}
    return part


def settings(environment: Json) -> Settings:
    """The settings that a container with this environment starts with."""
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        return Settings(_env_file=None)


def of(service: str, **given: str) -> Settings:
    """The settings of a container of ours with these variables."""
    return settings(stack(**given)[service]["environment"])


def test_the_stack_asks_for_its_passwords_and_has_no_default_for_them() -> None:
    text = FILE.read_text(encoding="utf-8")

    for name in GIVEN:
        with pytest.raises(Missing, match=name):
            filled(text, {**GIVEN, name: ""})
        assert {kind for found, kind, _ in _VARIABLE.findall(text) if found == name} == {"?"}


def test_no_secret_of_a_setting_has_a_default() -> None:
    text = FILE.read_text(encoding="utf-8")
    secret = re.compile(r"KEY|SECRET|PASSWORD|TOKEN")
    defaults = {name: rest for name, kind, rest in _VARIABLE.findall(text) if kind == "-"}

    assert {name: value for name, value in defaults.items() if secret.search(name) and value} == {}


@pytest.mark.parametrize("service", ["api", "migrate"])
def test_what_our_containers_are_told_are_settings(service: str) -> None:
    told = {name.lower() for name in stack()[service]["environment"]}

    assert told <= set(Settings.model_fields)


def test_every_setting_reaches_the_api_or_is_settled_by_the_stack() -> None:
    told = set(stack()["api"]["environment"])
    known = {name.upper() for name in Settings.model_fields}

    assert known - SETTLED <= told
    assert told & SETTLED == {"DATABASE_URL", "HOST", "FORWARDED_ALLOW_IPS", "CLOSED_NETWORK"}


def test_unset_variables_leave_every_setting_as_it_is() -> None:
    told = stack()["api"]["environment"]

    assert of("api") == settings({name: told[name] for name in SETTLED & set(told)})


def test_a_variable_that_is_set_arrives() -> None:
    api = of("api", REQUIRE_AAL2="true", CORS_ORIGINS='["https://a.example"]', DOCS="false")

    assert (api.require_aal2, api.docs, api.cors_origins) == (True, False, ("https://a.example",))


def test_the_api_works_as_its_own_role_and_the_migration_as_the_owner() -> None:
    api, migrate = of("api"), of("migrate")

    assert api.migration_database_url is None
    assert api.database_url is not None
    assert migrate.database_url == api.database_url
    assert api.database_url.get_secret_value() == (
        "postgresql://outfitter_api:api-password@db/outfitter"
    )
    db = stack()["db"]["environment"]
    assert owner_url(migrate) == (
        f"postgresql://{db['POSTGRES_USER']}:{db['POSTGRES_PASSWORD']}@db/{db['POSTGRES_DB']}"
    )


def test_the_migration_is_told_no_secret_that_it_has_no_use_for() -> None:
    told = set(stack()["migrate"]["environment"])

    assert told == {
        "DATABASE_URL",
        "MIGRATION_DATABASE_URL",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "LOG_LEVEL",
    }


def test_the_commands_of_the_stack_exist() -> None:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    name, *options = stack()["migrate"]["command"]

    known = {option for one in command.commands[name].params for option in one.opts}
    assert set(options) <= known
    assert "command" not in stack()["api"], "the image serves unless told otherwise"


def test_the_api_waits_for_the_database_and_for_its_tables() -> None:
    services = stack()

    waits = {name: on["condition"] for name, on in services["api"]["depends_on"].items()}
    assert waits["db"] == "service_healthy"
    assert waits["migrate"] == "service_completed_successfully"
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["migrate"]["restart"] == "no"


def test_the_database_is_healthy_only_when_it_answers_over_the_network() -> None:
    # The image starts a first server without a network to set itself up.
    test = stack()["db"]["healthcheck"]["test"]

    assert test[:2] == ["CMD", "pg_isready"]
    assert test[test.index("-h") + 1] == "127.0.0.1"


@pytest.mark.proves("R-37")
def test_the_log_of_the_database_holds_nothing_that_users_write() -> None:
    command = stack()["db"]["command"]

    assert command[0] == "postgres"
    assert {one for one in command[1:] if one != "-c"} == {"=".join(one) for one in TERSE.items()}


def test_only_the_proxy_is_reached_from_outside_and_only_from_this_machine() -> None:
    services = stack()

    published = {name: one["ports"] for name, one in services.items() if "ports" in one}
    assert published == {"proxy": ["127.0.0.1:8080:8080", "127.0.0.1:8443:8443"]}
    assert not any("network_mode" in one for one in services.values())


def test_only_the_proxy_is_believed_about_where_requests_come_from() -> None:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    services = stack()
    front = {name for name, one in services.items() if "front" in one.get("networks", ())}

    assert front == {"proxy", "api"}
    for given in ({}, {"FRONT_SUBNET": "192.0.2.0/24"}):
        (network,) = _everywhere(document["networks"]["front"]["ipam"]["config"], given)
        assert of("api", **given).forwarded_allow_ips == network["subnet"]
    assert ip_network(network["subnet"])


def test_the_replicas_share_the_name_that_the_proxy_asks_for() -> None:
    services = stack(API_REPLICAS="3")

    assert services["api"]["deploy"]["replicas"] == "3"
    assert stack()["api"]["deploy"]["replicas"] == "1"
    assert services["proxy"]["environment"]["UPSTREAM"] in services
    assert "container_name" not in services["api"], "a name is for one container"
    assert "ports" not in services["api"], "a port is for one container"


def test_a_stack_without_sign_in_starts_because_its_network_is_closed() -> None:
    api = of("api")

    refuse_newcomer(api.host, api.supabase_url, closed=api.closed_network)
    with pytest.raises(Refused, match="HOST"):
        refuse_newcomer(api.host, api.supabase_url)


def test_the_pooler_stands_between_the_api_and_the_database_when_it_is_asked_for() -> None:
    pooler = ConfigParser()
    pooler.read(ROOT / "deploy/pgbouncer/pgbouncer.ini")
    given = {"DATABASE_HOST": "pgbouncer:6432", "DB_POOLER": "transaction"}
    api, migrate, services = of("api", **given), of("migrate", **given), stack()

    assert services["pgbouncer"]["profiles"] == ["pgbouncer"]
    assert all("profiles" not in one for name, one in services.items() if name != "pgbouncer")
    assert api.db_pooler == pooler["pgbouncer"]["pool_mode"] == "transaction"
    assert api.database_url is not None
    host = f"pgbouncer:{pooler['pgbouncer']['listen_port']}"
    assert api.database_url.get_secret_value().endswith(f"@{host}/outfitter")
    assert dict(pooler["databases"]) == {"outfitter": "host=db port=5432 dbname=outfitter"}
    assert owner_url(migrate).endswith("@db/outfitter"), "migrations hold a session"
    assert services["pgbouncer"]["environment"] == {"API_PASSWORD": GIVEN["API_PASSWORD"]}


def test_an_operator_can_publish_the_ports_that_the_world_knows() -> None:
    proxy = stack(PUBLISH="80", PUBLISH_TLS="443")["proxy"]

    assert proxy["ports"] == ["80:8080", "443:8443"]


def test_the_api_keeps_its_data_where_its_image_says() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert stack()["api"]["volumes"] == ["data:/data"]
    assert "DATA_DIR=/data" in image


def test_the_api_is_given_the_time_it_takes_to_finish() -> None:
    serving = (ROOT / "src/outfitter/cli/serving.py").read_text(encoding="utf-8")
    grace = re.search(r"^_GRACE = (\d+)$", serving, re.MULTILINE)

    assert grace is not None
    assert int(stack()["api"]["stop_grace_period"].rstrip("s")) > int(grace[1])


@pytest.mark.parametrize("service", ["api", "migrate", "proxy", "pgbouncer"])
def test_what_faces_users_has_no_rights_to_spare(service: str) -> None:
    container = stack()[service]

    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]


def test_what_is_mounted_and_named_is_there() -> None:
    kept = yaml.safe_load(FILE.read_text(encoding="utf-8"))["volumes"]

    for service in stack().values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            there = (ROOT / source).exists() if "/" in source else source in kept
            assert there, volume


def test_compose_itself_reads_the_file() -> None:
    command = _compose()
    if command is None:
        pytest.skip("neither `docker compose` nor a `docker-compose` of version 2 works here")
    done = subprocess.run(
        [*command, "--file", str(FILE), "config", "--quiet"],
        env={**os.environ, **GIVEN},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _compose() -> list[str] | None:
    for command in (["docker", "compose"], ["docker-compose"]):
        program = shutil.which(command[0])
        if program is None:
            continue
        asked = [program, *command[1:], "version", "--short"]
        told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
        # The first version, which Debian 12 still has, cannot read the form that is written today.
        if not told.returncode and not told.stdout.lstrip("v").startswith("1."):
            return [program, *command[1:]]
    return None
