"""The key of a page: a digest of everything that can change its bytes, the same in every process and on every day."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from generator.site.views import Card, LateCard


class Keys:
    """Digests of values; a card, which stands in many listings, is digested once.

    `base` is what all pages depend on, the program's version and the settings; as an attribute, its digest.
    """

    def __init__(self, base: str) -> None:
        self.base = hashlib.sha256(base.encode()).hexdigest()
        self._cards: dict[int, tuple[Card, bytes]] = {}

    def of(self, path: str, maker: str, maker_digest: str, values: Mapping[str, Any]) -> str:
        """The key of a page with these values."""
        digest = hashlib.sha256(f"{self.base}\0{path}\0{maker}\0{maker_digest}\0".encode())
        digest.update(self._written(values))
        return digest.hexdigest()

    def of_inputs(self, path: str, maker: str, maker_digest: str, inputs: Iterable[str]) -> str:
        """The key of a page whose values are made later from these inputs, given as texts or as their digests."""
        whole = "\0".join((self.base, path, maker, maker_digest, *inputs))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _written(self, value: Any) -> bytes:
        """A value as bytes: different values have different bytes, equal values the same."""
        if isinstance(value, LateCard):
            return b"l" + self._written(value.identity)
        if isinstance(value, Card):
            known = self._cards.get(id(value))
            if known is None:
                # The card is kept beside its digest: an id is only its own while the card lives.
                known = self._cards[id(value)] = (value, hashlib.sha256(self._parts(value)).digest())
            return b"c" + known[1]
        if isinstance(value, Enum):
            return self._written(value.value)
        if isinstance(value, str):
            data = value.encode("utf-8", "surrogatepass")
            return b"s%d:" % len(data) + data
        if value is None or isinstance(value, bool | int | float):
            return b"v" + repr(value).encode() + b";"
        if isinstance(value, tuple | list):
            return b"(" + b"".join(self._written(item) for item in value) + b")"
        if isinstance(value, Mapping):
            return b"{" + b"".join(self._written(key) + self._written(value[key]) for key in sorted(value)) + b"}"
        if is_dataclass(value):
            return self._parts(value)
        raise TypeError(f"a page's values hold a {type(value).__name__}, which has no lasting digest")

    def _parts(self, value: Any) -> bytes:
        inner = b"".join(self._written(getattr(value, field.name)) for field in fields(value))
        return type(value).__name__.encode() + b"<" + inner + b">"
