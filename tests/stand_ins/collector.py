"""An OpenTelemetry collector on loopback, which takes spans and keeps them as they came."""

from collections.abc import Iterator
from contextlib import contextmanager

from stand_ins.loopback import Handler, listening


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a collector, and what it is sent."""
    came: list[bytes] = []

    class Taking(Handler):
        """Takes whatever comes to the path of spans."""

        def take(self) -> None:
            """Take one batch."""
            body = self.body()
            if self.path == "/v1/traces":
                came.append(body)
            self.answer(200)

    with listening(Taking) as url:
        yield url, came
