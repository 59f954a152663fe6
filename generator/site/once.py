"""`{% once a, b %}…{% endonce %}` in a template: what stands between is rendered once for equal values, and then placed.

Whoever writes it answers for it that nothing else goes into what stands between. It only saves time: values that
cannot be compared are rendered each time.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

_MOST = 50_000_000
"""Characters of the pieces that are held; the oldest gives way."""


class Once(Extension):
    """The tag; what it has rendered is held as long as the environment."""

    tags = {"once"}  # noqa: RUF012 - as Jinja declares it

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._held: dict[tuple[str, Any], Markup] = {}
        self._size = 0

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call that gets its place, the values, and the way to render what stands between."""
        line = next(parser.stream).lineno
        values = parser.parse_tuple()
        inner = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.name} {line}")
        return nodes.CallBlock(self.call_method("_placed", [place, values]), [], [], inner).set_lineno(line)

    def _placed(self, place: str, values: Any, caller: Callable[[], Markup]) -> Markup:
        key = (place, values)
        try:
            held = self._held.get(key)
        except TypeError:
            return caller()
        if held is None:
            held = self._held[key] = caller()
            self._size += len(held)
            while self._size > _MOST:
                self._size -= len(self._held.pop(next(iter(self._held))))
        return held
