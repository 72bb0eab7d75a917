"""Who sends, as far as an address tells."""

import ipaddress


def network_of(address: str) -> str:
    """What one household or office sends from: with IPv6 that is a whole network, of
    which each request may come from another address.

    >>> network_of("203.0.113.9"), network_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.9', '2001:db8:1:2::')
    >>> network_of("::ffff:203.0.113.9"), network_of("?")
    ('203.0.113.9', '?')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(known) >> 64 << 64))
