"""Which addresses may be asked: public ones, by http and https, and nothing that leads into the own network.

A name is judged by what it resolves to, at the moment of connecting, and the connection goes to that very address: a name
that resolves to something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from unicodedata import normalize
from urllib.parse import quote, urlsplit, urlunsplit

from fogline.errors import Refused

Resolve = Callable[[str, int], Sequence[str]]
"""From a host name and a port to the addresses it has; raises ``OSError`` where it has none."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
_SAFE = "%/:=&?~+!$,;'@()*[]-._|"
_HINT = "Give a public address that begins with https:// or http://."


def checked(url: str) -> str:
    """The URL as it is asked for: host in ASCII, no fragment; raises ``Refused`` for what must not be asked.

    Refused are other schemes, user names and passwords in the address, and hosts that are numbers in disguise: what a browser takes
    for an address of this machine (``2130706433``, ``0x7f.1``) is no name. Addresses that are written out are judged here too.

    >>> checked("HTTPS://Київ.example/міст?a=b c#top")
    'https://xn--b1alf1j.example/%D0%BC%D1%96%D1%81%D1%82?a=b%20c'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url[:200]}: it is no address ({error}).", _HINT) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise Refused(f"{url[:200]}: only http and https are asked, not {parts.scheme or 'a file'!r}.", _HINT)
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{url[:200]}: there is a user name in the address.", _HINT)
    host = _host(url, parts.hostname or "")
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port not in (None, usual) else "")
    return urlunsplit((parts.scheme.lower(), place, quote(parts.path, _SAFE) or "/", quote(parts.query, _SAFE), ""))


def _host(url: str, host: str) -> str:
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise Refused(f"{url[:200]}: {host!r} is no IPv6 address.", _HINT) from error
    try:
        name = normalize("NFKC", host).encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused(f"{url[:200]}: {host[:80]!r} is no host name.", _HINT) from error
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise Refused(f"{url[:200]}: {host[:80]!r} is no host name.", _HINT)
    if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise Refused(f"{url[:200]}: {host!r} is a number that stands for an address.", _HINT) from error
    return name


def system(host: str, port: int) -> Sequence[str]:
    """The addresses the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(host: str, port: int, resolve: Resolve, *, loopback: bool = False) -> str:
    """The address to connect to for a host; raises ``Refused`` where any of its addresses is not public.

    ``loopback`` lets addresses of this machine through: for a server of one's own.
    """
    addresses = resolve(host, port)
    if not addresses:
        raise OSError(f"{host} has no address")
    for text in addresses:
        address = ipaddress.ip_address(text.partition("%")[0])
        if not public(address) and not (loopback and address.is_loopback):
            shown = "" if host == text else f" (it resolves to {text})"
            raise Refused(f"{host}: it is an address inside a network, not a public one{shown}.", _HINT)
    return addresses[0]


def public(address: Address) -> bool:
    """Whether an address is one of the public internet, with every IPv4 address that an IPv6 address carries.

    >>> [public(ipaddress.ip_address(a)) for a in ("9.9.9.9", "10.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return public(address.ipv4_mapped)
        if address.sixtofour is not None:
            return public(address.sixtofour)
        if address in _NAT64:
            return public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
