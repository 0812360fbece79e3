"""Where may be sent to (目标地址): addresses of the public network, and those that a setting allows; nothing else is connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]
Resolve = Callable[[str, int], Iterable[str]]

TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10")))
"""Addresses that stand for others, or for a site of their own, whatever else is said of them."""


class AddressRefused(OSError):
    """Nothing may be sent to where this name leads."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))


def open_to(address: Address, allowed: Networks) -> bool:
    """Whether an address may be connected to: it is public, or in a network that is allowed."""
    address = (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
    if any(address.version == each.version and address in each for each in allowed):
        return True
    if any(address.version == each.version and address in each for each in TRANSLATED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def targets(scheme: str, host: str, port: int, allowed: Networks, resolving: Resolve = resolve) -> Sequence[Address]:
    """Where to connect for a URL: addresses looked up once, checked, and used as they are. Raises AddressRefused, or OSError.

    Plain http leads to this machine only, and only where a setting allows its own addresses.
    """
    found = [ip_address(each) for each in resolving(host, port)]
    fit = [each for each in found if open_to(each, allowed) and (scheme == "https" or each.is_loopback)]
    if not fit:
        raise AddressRefused("the address is not one of the public network, nor allowed by ANJUAN_WEBHOOK_NETWORKS")
    return fit
