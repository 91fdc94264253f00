"""Which addresses may be called: public ones over https, and those of networks that the operator has named.

A name is resolved once for each call, and the call goes to the very address that was checked, so that a name which leads
elsewhere a moment later (DNS rebinding) leads nowhere.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from jinlin.platform.errors import Invalid

PORTS = {"https": 443, "http": 80}
LONGEST_URL = 500
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that a translator turns into IPv4 ones, whichever these are (RFC 6052)."""
Ip = IPv4Address | IPv6Address


class Unreachable(Exception):
    """No call can be made, for the reason given."""


@dataclass(frozen=True)
class Target:
    """Where a call goes: scheme, host and port as the URL names them, path with query, and the one address to connect to."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def must_be_callable(url: str) -> None:
    """Refuse an address that could never be called.

    Raises:
        Invalid: with the reason.
    """
    try:
        target_of(url)
    except Unreachable as error:
        raise Invalid(fields={"url": str(error)}) from None


def target_of(url: str) -> Target:
    """Return where a call to `url` goes, its name resolved now.

    Raises:
        Unreachable: for what is no address of the web, an unknown name, and an address inside.
    """
    parts = _parts(url)
    port = parts.port or PORTS[parts.scheme]
    found = [ip_address(address) for address in _resolved(parts.hostname or "", port)]
    trusted = all(_is_trusted(ip) for ip in found)
    if not trusted and not all(_is_public(ip) for ip in found):
        raise Unreachable(_("This address lies inside a private network; ask the operator to allow the network."))
    if parts.scheme != "https" and not trusted:
        raise Unreachable(_("Calls outside go over https only."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname or "", port, path, str(found[0]))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        parts, port, host = urlsplit(""), None, None
    has_blank = any(letter.isspace() or ord(letter) < ord(" ") for letter in url) or not url.isascii()
    if parts.scheme not in PORTS or not host or port == 0 or has_blank or len(url) > LONGEST_URL:
        raise Unreachable(_("Write the whole address, such as https://city.example/hook."))
    if parts.username is not None or parts.fragment:
        raise Unreachable(_("Leave out name, password and what follows “#”; the signature shows who calls."))
    return parts


def _resolved(host: str, port: int) -> Iterable[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(_("There is no host “%(host)s”.") % {"host": host[:100]}) from None
    return list(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))


def _is_trusted(ip: Ip) -> bool:
    """Say whether the operator has named a network in which the address lies."""
    plain = _within(ip)
    return any(plain in ip_network(network) for network in settings.JINLIN_WEBHOOK_NETWORKS)


def _is_public(ip: Ip) -> bool:
    plain = _within(ip)
    return plain.is_global and not plain.is_multicast and plain not in TRANSLATED


def _within(ip: Ip) -> Ip:
    """Return the IPv4 address that an IPv6 one stands for, or the address itself."""
    if isinstance(ip, IPv6Address):
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip
