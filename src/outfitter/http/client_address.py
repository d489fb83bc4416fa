"""Where a request comes from, written in one way."""

from ipaddress import IPv6Address, ip_address


def canonical(host: str | None) -> str | None:
    """The address of a client as the log takes it; None if there is none."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address)))
    return str(address)
