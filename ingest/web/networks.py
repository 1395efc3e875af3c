"""Which IP addresses may be asked: those of the public internet, and no others.

``ipaddress`` alone does not do: what it calls global depends on the version of Python, and holds
multicast and the forms of IPv6 that carry an address of IPv4 inside.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, Protocol

from ingest.problems import Problem
from ingest.web.problems import AddressRefused
from knowledge.errors import N_

IP = IPv4Address | IPv6Address

# The special-purpose registries of IANA (RFC 6890 and what followed).
_CLOSED_FOUR: Final = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind carriers; also the metadata of a cloud
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local; also the metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",  # multicast and reserved
            "168.63.129.16/32",  # public by its number, inside every machine of one cloud
        ),
    )
)
_OPEN_SIX: Final = ip_network("2000::/3")
_CLOSED_SIX: Final = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # Teredo (an address of IPv4 inside), benchmarking, ORCHID
            "2001:db8::/32",
            "2002::/16",  # 6to4: an address of IPv4 inside
            "3fff::/20",
        ),
    )
)


class Networks(Protocol):
    """Says where we may connect to."""

    def allow(self, address: IP) -> bool:
        """Whether this address may be asked."""


class PublicNetworks:
    """The public internet: what is global unicast and is not set aside for anything else.

    All of IPv6 outside 2000::/3 is closed, which takes loopback, link-local, unique local,
    multicast, mapped and compatible addresses, NAT64 and segment routing in one rule.
    """

    def allow(self, address: IP) -> bool:
        """Whether the address is public."""
        if isinstance(address, IPv4Address):
            return address.is_global and not any(address in one for one in _CLOSED_FOUR)
        return (
            address in _OPEN_SIX
            and address.is_global
            and not any(address in one for one in _CLOSED_SIX)
        )


def check_literal(host: str, networks: Networks, *, address: str) -> None:
    """Raise :class:`AddressRefused` if the host is an IP address that may not be asked."""
    try:
        number = ip_address(host)
    except ValueError:
        return
    if not networks.allow(number):
        raise refuse(address, number)


def refuse(address: str, number: IP) -> AddressRefused:
    """What to say of an address whose server is not on the public internet."""
    form = N_("its server has the IP address {number}, which is not on the public internet.")
    return AddressRefused(document=address, problem=Problem(form, {"number": str(number)}))
