"""How templates are compiled and called: as Jinja does it, without work that makes no difference here.

What is placed in a page is joined to text at once, so it need not be marked as safe. Of what a template calls, next to
nothing asks for the template's own context. A block is joined where it stands, so that its hundreds of pieces are not
passed on, one by one, through each template that extends another.
"""

import re
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator.site.pieces import Pieces

_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""The part of `escape` that is written in C; it gives plain text."""
_PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})
_PASSED_ON = re.compile(r"^( *)yield from (.+)$", re.MULTILINE)
_OWN_ESCAPE = f"; from {__name__} import placed as escape\n"


class Calls(Context):
    """A context that calls plain functions and macros without asking what each may want to be given."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names them
        """What a function gives; one that wants a context gets it, as in Jinja."""
        kind = type(__obj)
        if kind is Macro:
            args = (__self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(__obj, "jinja_pass_arg"):
            return super().call(__obj, *args, **kwargs)
        if kwargs:  # what the compiled template hands on for those who want a context
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return __self.environment.undefined("a callable raised a StopIteration exception")


class Compiling(Environment):
    """An environment that compiles templates so."""

    context_class = Calls
    above = ""
    """The way from the page that is being made to the top of the site."""
    pieces: Pieces | None = None
    """The pieces of a long page that is being made, of which some may be known."""

    def _generate(self, *args: Any, **kwargs: Any) -> str:
        # No line may be added: errors are told by the numbers of lines. A text stands on one, so none begins with code.
        source = super()._generate(*args, **kwargs).replace("\n", _OWN_ESCAPE, 1)
        return _PASSED_ON.sub(r"\1yield concat(\2)", source)


def placed(value: Any) -> str:
    """The text of a value as it stands in HTML, equal to what `escape` gives."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)
