"""Requests to others that come to an end: a deadline for the whole, not for each read;
a limit to what an answer may weigh; and, where somebody typed the address, only places
that may be reached.

``requests`` has a time for connecting and one for each read: whoever sends a byte every
nine seconds keeps it for days.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

#: No answer that we understand weighs more.
MAX_BYTES = 8 * 1024 * 1024
CHUNK = 64 * 1024

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: Behind it is the internet of version 4 (RFC 6052), or the network that one is in.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddress(requests.ConnectionError):
    """It is inside a network, where strangers shall not send us."""


class TooMuch(requests.RequestException):
    """The answer is larger than anything that we ask for."""


def send(
    method: str,
    url: str,
    *,
    seconds: float,
    max_bytes: int = MAX_BYTES,
    may_reach: Callable[[Address], bool] | None = None,
    **options: Any,
) -> requests.Response:
    """Like ``requests.request``; redirects aren't followed.

    :param seconds: until when all must be over: finding, connecting, sending, reading
    :param may_reach: judges each address before anything is sent there; such requests
        go straight there, not through a proxy
    :raises requests.RequestException: of one kind or another for whatever went wrong
    """
    with _Watch(seconds) as watch, requests.Session() as session:
        session.trust_env = may_reach is None
        session.headers["Accept-Encoding"] = "identity"
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter(watch, may_reach))
        try:
            response = session.request(
                method, url, timeout=seconds, allow_redirects=False, stream=True,
                **options,
            )  # fmt: skip
            _read(response, max_bytes)
        except (requests.RequestException, HTTPError) as error:
            watch.check()
            raise _as_requests(error) from error
        watch.check()
        return response


def _as_requests(error: Exception) -> Exception:
    for cause in _causes(error):
        if isinstance(cause, ForbiddenAddress):
            return cause
    if isinstance(error, requests.RequestException):
        return error
    return requests.ConnectionError(error)


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _read(response: requests.Response, max_bytes: int) -> None:
    """Read the answer to its end; it's then as if ``requests`` had done it."""
    parts, size = [], 0
    while part := response.raw.read(CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise TooMuch(f"More than {max_bytes} bytes.")
    response._content = b"".join(parts)
    response._content_consumed = True
    response.close()


# -- the time --------------------------------------------------------------------------


class _Watch:
    """Cuts the connections of one request when its time is over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self._wires: list[socket.socket] = []
        self._guard = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        with self._guard:
            for wire in self._wires:
                wire.close()
            self._wires.clear()

    def left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.01)

    def check(self) -> None:
        """:raises requests.Timeout: when the time is over"""
        if time.monotonic() >= self.deadline:
            raise requests.Timeout(f"Not over after {self.seconds:g} seconds.")

    def look_after(self, wire: socket.socket) -> None:
        """A second handle on the same connection: TLS takes the first one away."""
        with self._guard:
            self._wires.append(socket.socket(fileno=os.dup(wire.fileno())))

    def _cut(self) -> None:
        with self._guard:
            for wire in self._wires:
                with contextlib.suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)


# -- the address -----------------------------------------------------------------------


def is_public(address: Address) -> bool:
    """Whether it's on the internet, and not inside somebody's network.

    >>> [is_public(ipaddress.ip_address(one)) for one in (
    ...     "9.9.9.9", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1",
    ...     "::ffff:10.0.0.1", "2620:fe::fe", "224.0.0.1")]
    [True, False, False, False, False, False, True, False]

    What a gateway carries to an address of version 4 is judged by that one:

    >>> [is_public(ipaddress.ip_address(one)) for one in (
    ...     "64:ff9b::909:909", "64:ff9b::a9fe:a9fe", "2002:a00:1::1", "::127.0.0.1")]
    [True, False, False, False]
    """
    address = _meant(address)
    is_site_local = getattr(address, "is_site_local", False)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or is_site_local
    )


def _meant(address: Address) -> Address:
    """The address of version 4 to which one of version 6 is carried, else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def networks(text: str) -> tuple[Network, ...]:
    """What an administrator typed: networks, with commas or blanks between.

    >>> networks("10.0.0.0/8, 192.168.1.7")
    (IPv4Network('10.0.0.0/8'), IPv4Network('192.168.1.7/32'))
    >>> networks("")
    ()

    :raises ValueError: when that is none
    """
    return tuple(
        ipaddress.ip_network(one, strict=False)
        for one in text.replace(",", " ").split()
    )


def is_inside(address: Address, among: Iterable[Network]) -> bool:
    """
    >>> is_inside(ipaddress.ip_address("10.1.2.3"), networks("10.0.0.0/8 ::1"))
    True
    """
    return any(address in network for network in among)


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """Addresses of a name. The system's own look-up knows no deadline.

    :raises requests.Timeout: when the name isn't found in time
    :raises OSError: when there is none
    """
    pool = concurrent.futures.ThreadPoolExecutor(1)
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        rows = found.result(seconds)
    except concurrent.futures.TimeoutError as error:
        raise requests.Timeout(f"{host} isn't found in time.") from error
    finally:
        pool.shutdown(wait=False)
    names = dict.fromkeys(row[4][0].partition("%")[0] for row in rows)
    return [ipaddress.ip_address(name) for name in names]


# -- the connection --------------------------------------------------------------------


class _Adapter(HTTPAdapter):
    """Makes connections that the watch looks after."""

    def __init__(self, watch: _Watch, may_reach: Callable | None) -> None:
        self._pools = {
            scheme: type(
                "Pool", (pool,), {"ConnectionCls": _watched(kind, watch, may_reach)}
            )
            for scheme, pool, kind in (
                ("http", HTTPConnectionPool, HTTPConnection),
                ("https", HTTPSConnectionPool, HTTPSConnection),
            )
        }
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        manager = super().proxy_manager_for(*args, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _watched(kind: type, watch: _Watch, may_reach: Callable | None) -> type:
    class Watched(kind):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            wire = _connect(self, super()._new_conn, watch, may_reach)
            watch.look_after(wire)
            return wire

    return Watched


def _connect(
    connection: Any, dial: Callable, watch: _Watch, may_reach: Callable | None
) -> socket.socket:
    """To the first address that answers. It's looked up once: what was judged is what
    is connected to.
    """
    name = connection._dns_host
    try:
        addresses = resolve(name.strip("[]"), connection.port, watch.left())
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(connection, f"{name} isn't known") from error
    if may_reach and not all(map(may_reach, addresses)):
        raise ForbiddenAddress(f"{name} is inside a network.")
    problem = None
    for address in addresses:
        connection._dns_host = str(address)
        connection.timeout = watch.left()
        try:
            return dial()
        except HTTPError as error:
            problem = error
        finally:
            connection._dns_host = name
    raise problem or NewConnectionError(connection, f"{name} isn't known")
