"""Spans are for those who collect them."""

import pytest

from outfitter.adapters import tracing
from outfitter.core.errors import Refused


@pytest.mark.parametrize("absent", ["no_such_package.sdk.trace", "opentelemetry.nowhere"])
def test_tracing_that_is_not_installed_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setattr(tracing, "_EXTRA", ("opentelemetry.sdk.trace", absent))

    with pytest.raises(Refused, match=r"pip install 'outfitter\[otel\]'"):
        tracing.start("http://127.0.0.1:1")


def test_with_the_packages_there_is_nothing_to_refuse() -> None:
    tracing.require()
