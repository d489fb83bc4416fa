"""A stand-in for a registry of servers, whose pages are asked for by cursor."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from stand_ins.loopback import Handler, listening

FIRST = "first"
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def registry(answers: Mapping[str, Answer]) -> Iterator[tuple[str, list[str]]]:
    """The address of the registry, and the paths it was asked for."""
    asked: list[str] = []

    class Pages(Handler):
        def take(self) -> None:
            asked.append(self.path)
            cursor = parse_qs(urlsplit(self.path).query).get("cursor", [FIRST])[0]
            status, headers, body = answers[cursor]
            self.answer(status, body, headers)

    with listening(Pages) as url:
        yield f"{url}/v0.1/servers", asked
