"""Logs are one JSON object a line, and hold nothing secret."""

import asyncio
import json
import logging

import pytest
import structlog

from outfitter.adapters import logs


@pytest.mark.proves("R-46")
@pytest.mark.usefixtures("logging_as_before")
def test_a_line_is_json_and_its_secrets_are_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info")
    structlog.get_logger("x").info("said", access_token="s3cret", api_key="s3cret", route="/")
    logging.getLogger("some.library").info("plain")

    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())

    assert ours["event"] == "said"
    assert ours["route"] == "/"
    assert ours["access_token"] == ours["api_key"] == "[hidden]"
    assert theirs["event"] == "plain"
    assert theirs["level"] == "info"
    assert ours["timestamp"].endswith("Z")


@pytest.mark.proves("R-46")
@pytest.mark.usefixtures("logging_as_before")
def test_secrets_are_hidden_inside_of_fields_and_in_what_libraries_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info")
    headers = {"Authorization": "Bearer s3cret", "Accept": "text/html"}
    asked = [{"apikey": "s3cret", "refresh_token": ["s3cret"], "path": "/"}]
    structlog.get_logger("x").info("asked", headers=headers, asked=asked)
    asking = "GET https://a.example/x?access_token=%s&page=2"
    logging.getLogger("some.library").info(asking, "9x8c7v6b5n4m")

    text = capsys.readouterr().err
    ours, theirs = map(json.loads, text.splitlines())
    assert ours["headers"] == {"Authorization": "[hidden]", "Accept": "text/html"}
    assert ours["asked"] == [{"apikey": "[hidden]", "refresh_token": "[hidden]", "path": "/"}]
    assert theirs["event"].startswith("GET https://a.example/x?access_token=[secret removed")
    assert "s3cret" not in text


@pytest.mark.usefixtures("logging_as_before")
async def test_an_error_is_told_by_its_kind_without_its_words_whoever_writes_it_down(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info")
    try:
        int("a user's words")
    except ValueError as error:
        logging.getLogger("some.library").exception("It broke\n")
        structlog.get_logger("outfitter").exception("ours")
        told = {"message": "Never retrieved", "exception": error}
        asyncio.get_running_loop().call_exception_handler(told)

    text = capsys.readouterr().err
    theirs, ours, the_loops = map(json.loads, text.splitlines())
    assert "a user's words" not in text
    assert (theirs["event"], theirs["error"]) == ("It broke", "ValueError")
    assert (ours["event"], ours["error"]) == ("ours", "ValueError")
    assert (the_loops["event"], the_loops["error"]) == ("Never retrieved", "ValueError")
    assert __file__ in theirs["at"][0]


@pytest.mark.proves("R-46")
@pytest.mark.usefixtures("logging_as_before")
def test_clients_that_log_whole_requests_are_kept_quiet() -> None:
    logs.configure("debug")

    for name in ("anthropic", "openai", "httpx2", "sqlalchemy"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
