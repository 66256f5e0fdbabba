"""Who asks: by which address a device is counted."""

from __future__ import annotations

import pytest

from sim.page.serving.visitor import address_of, client_address, visitor_of


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.168.1.7", "192.168.1.7"),
        ("::ffff:192.168.1.7", "192.168.1.7"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("2001:db8:1:2::5", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::5", "2001:db8:1:3::/64"),
        ("fe80::5%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_that_one_device_can_make_up_are_counted_as_one(given: str, counted: str) -> None:
    scope = {"type": "http", "client": (given, 5000), "headers": []}
    assert client_address(scope) == counted
    assert address_of(visitor_of(scope)) == counted
