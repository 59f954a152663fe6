"""Pages of the preview's own: what is asked (a visit), what is given (an answer), and who may ask for a change.

A change is made only for a page that this preview has served: the `Host` must be this machine's, the `Origin` the
same as the host, and the visit must carry the token that only such a page can read.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from generator.watching.addresses import is_own_origin


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a room: `path` is the address without its query, header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_local: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What a room gives: a status, the kind of the data (a MIME type), and the data."""

    status: HTTPStatus
    kind: str
    data: bytes


Room = Callable[[Visit], Answer | None]
"""Answers a visit, or gives None when the address is none of its own."""

TOKEN = "x-pressmark-token"


def may_change(visit: Visit, token: str) -> bool:
    """Whether a visit may write; see the rule on top of this module."""
    fetched = visit.headers.get("sec-fetch-site", "same-origin")
    return (
        visit.is_local
        and fetched == "same-origin"
        and is_own_origin(visit.headers.get("origin", ""), visit.headers.get("host", ""))
        and hmac.compare_digest(visit.headers.get(TOKEN, "").encode(), token.encode())
    )
