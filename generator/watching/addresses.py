"""What an address of the preview means, and whether a request was meant for this machine. Pure."""

import ipaddress
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain"})


def site_path(address: str, base_path: str) -> str | None:
    """The path below the site that an address asks for, `""` or ending in `/` for a folder; None for no such thing.

    The site stands at the top of the preview and, where it is made for a sub-path, below that as well.
    """
    if base_path != "/" and address.startswith(base_path):
        address = "/" + address.removeprefix(base_path)
    plain = unquote(address)
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if any(part == ".." or "\\" in part or "\0" in part or ":" in part for part in parts):
        return None
    path = "/".join(parts)
    return path + "/" if path and plain.endswith("/") else path


def is_own_host(header: str, names: Collection[str]) -> bool:
    """Whether a `Host` header names this machine: by an address, as localhost, or by one of its names.

    Another web page can make a browser call here under its own host name (DNS rebinding); such a call is not for us.
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    name = name.rstrip(".").casefold()
    if name in LOCAL_NAMES or name.endswith(".localhost") or name in names:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_own_origin(origin: str, host: str) -> bool:
    """Whether the `Origin` of a request is the page that this very host has served."""
    return bool(host) and origin.casefold() in (f"http://{host}".casefold(), f"https://{host}".casefold())
