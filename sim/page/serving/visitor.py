"""Who asks: the address of a device, and the id that a page on it made for itself."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import MutableMapping
from typing import Any, Final

from starlette.datastructures import Headers

from sim.page.serving.refusal import Refusal

__all__ = ["address_of", "client_address", "visitor_of"]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NO_ID: Final = "-"


def visitor_of(scope: MutableMapping[str, Any]) -> str:
    """Who asks: the address, a space, and the id that the page made for itself, or "-" without one.

    Raises
    ------
    Refusal
        When the id is none that a page would make.

    Examples
    --------
    >>> visitor_of({"type": "http", "client": ("127.0.0.1", 5000), "headers": [(b"x-localwealth-visitor", b"a-visitor")]})
    '127.0.0.1 a-visitor'
    """
    given = Headers(scope=scope).get("x-localwealth-visitor")
    if given is not None and not _ID.fullmatch(given):
        raise Refusal(400, "the id of the visitor can't be used", "load the page again")
    return f"{client_address(scope)} {given or _NO_ID}"


def client_address(scope: MutableMapping[str, Any]) -> str:
    """The address of the device that asks, as it is counted.

    Of IPv6 that is the first half, since one device can have any number of addresses within it; an address of IPv4 written as one of
    IPv6 is the same address.

    Examples
    --------
    >>> client_address({"client": ("127.0.0.1", 5000)})
    '127.0.0.1'
    >>> client_address({"client": ("2001:db8:1:2:3:4:5:6", 5000)})
    '2001:db8:1:2::/64'
    """
    client = scope.get("client")
    return _counted(str(client[0])) if client else "unknown"


def _counted(text: str) -> str:
    """An address in the form in which it is counted; what is none stays."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if address.version == 6 and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if address.version == 4 or address.is_loopback:
        return str(address)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def address_of(visitor: str) -> str:
    """The address of a visitor.

    Examples
    --------
    >>> address_of("127.0.0.1 a-visitor")
    '127.0.0.1'
    """
    return visitor.partition(" ")[0]
