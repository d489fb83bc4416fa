"""Where a request comes from."""

import pytest

from outfitter.http.client_address import canonical


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("unix:", None),
        ("'; DROP TABLE", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_are_addresses(host: str | None, address: str | None) -> None:
    assert canonical(host) == address
