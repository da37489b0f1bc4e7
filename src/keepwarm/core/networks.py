"""Which addresses of networks may be spoken to: those of the open internet, or also those at home."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})  # names of this machine itself


def _networks(*told: str) -> tuple[Network, ...]:
    return tuple(map(ipaddress.ip_network, told))


# The host of a cloud's servers asks these for its passwords; not all of them are in a range that tells.
METADATA = frozenset(
    map(
        ipaddress.ip_address,
        ("169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"),
    )
)
# They stand for an IPv4 address within them, or are of nobody, whatever a version of Python says of them.
INWARD = _networks(
    "192.0.0.0/24", "192.88.99.0/24", "::/8", "2002::/16", "2001::/32", "3fff::/20", "5f00::/16", "fec0::/10"
)  # fmt: skip
AT_HOME = _networks(
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"
)


def is_open(address: Address) -> bool:
    """Whether it is one of the open internet, as other people's servers are."""
    address = _plain(address)
    return address.is_global and not (address.is_multicast or _is_in(address, INWARD) or address in METADATA)


def is_open_or_at_home(address: Address) -> bool:
    """As `is_open`, and those of one's own house, for a server that stands there."""
    address = _plain(address)
    return is_open(address) or (_is_in(address, AT_HOME) and address not in METADATA)


def is_at_home(address: Address) -> bool:
    """One's own house alone: what goes there unencrypted is read by nobody on the way."""
    return is_open_or_at_home(address) and not is_open(address)


def is_here(address: Address) -> bool:
    """This machine itself."""
    return _plain(address).is_loopback


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _plain(address: Address) -> Address:
    """::ffff:127.0.0.1 is 127.0.0.1."""
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def may(addresses: list[str], *, at_home: bool) -> bool:
    """Whether all of these, as one name has them, may be connected to: one that may not is a trap or a mistake."""
    allowed = is_open_or_at_home if at_home else is_open
    return bool(addresses) and all(allowed(ipaddress.ip_address(each.partition("%")[0])) for each in addresses)
