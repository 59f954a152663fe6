"""`{% once a, b %}…{% endonce %}` in a template: what stands between is rendered once for equal values, and then placed.

Whoever writes it answers for it that nothing else goes into what stands between. It only saves time: values that
cannot be compared are rendered each time. In `{% once_anywhere a, b %}` the addresses that `link` gives are those from
the page that the piece is placed on.
"""

import secrets
from collections.abc import Callable
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from generator.site.pieces import Pieces

_MOST = 60_000_000
"""Characters of the pieces that are held; beyond it any of them gives way."""
HERE = f"\x1a{secrets.token_hex(8)}\x1a"
"""Stands for the way to the top of the site in a piece that is placed anywhere. No text can have guessed it."""


class Once(Extension):
    """The tag; what it has rendered is held as long as the environment."""

    tags = {"once", "once_anywhere"}  # noqa: RUF012 - as Jinja declares it

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._held: dict[tuple[str, Any], Markup] = {}
        self._keys: list[tuple[str, Any]] = []
        self._dice = Random(0)
        self._size = 0
        self._parsed: WeakKeyDictionary[Parser, int] = WeakKeyDictionary()

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call that gets its place, the values, and the way to render what stands between."""
        tag = next(parser.stream)
        values = parser.parse_tuple()
        inner = parser.parse_statements(("name:endonce",), drop_needle=True)
        # A line may hold several.
        self._parsed[parser] = number = self._parsed.get(parser, 0) + 1
        place = nodes.Const(f"{parser.name} {number}")
        placing = "_placed" if tag.value == "once" else "_placed_anywhere"
        return nodes.CallBlock(self.call_method(placing, [place, values]), [], [], inner).set_lineno(tag.lineno)

    def _placed(self, place: str, values: Any, caller: Callable[[], Markup]) -> Markup:
        key = (place, values)
        try:
            held = self._held.get(key)
        except TypeError:
            return caller()
        return self._kept(key, caller()) if held is None else held

    def _placed_anywhere(self, place: str, values: Any, caller: Callable[[], Markup]) -> Markup:
        environment: Any = self.environment
        pieces: Pieces | None = environment.pieces
        if pieces is None or environment.above is HERE:
            return self._placed_here(place, values, caller)
        return pieces.placed(repr((place, values)), lambda: self._placed_here(place, values, caller))

    def _placed_here(self, place: str, values: Any, caller: Callable[[], Markup]) -> Markup:
        key = (place, values)
        environment: Any = self.environment
        try:
            held = self._held.get(key)
        except TypeError:
            return caller()
        if held is None:
            above, environment.above = environment.above, HERE
            try:
                held = self._kept(key, caller())
            finally:
                environment.above = above
        return Markup(held.replace(HERE, environment.above))

    def _kept(self, key: tuple[str, Any], piece: Markup) -> Markup:
        self._held[key] = piece
        self._keys.append(key)
        self._size += len(piece)
        while self._size > _MOST:
            # Lists go through the archive one after the other: what is oldest would always be what is needed next.
            place = self._dice.randrange(len(self._keys))
            self._keys[place], self._keys[-1] = self._keys[-1], self._keys[place]
            self._size -= len(self._held.pop(self._keys.pop()))
        return piece
