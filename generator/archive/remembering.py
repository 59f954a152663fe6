"""What was read of a content file, as plain values for the record and back: quick to load, and no program among them.

The form follows from the classes themselves, so that a new field of an article is remembered without a line here.
Values of another form are refused; the record is begun anew whenever the program changes.
"""

import marshal
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from generator.model.articles import Article
from generator.model.catalogue import Holding, KeeperPage, Picture, permalink, slip
from generator.model.dates import Edtf, edtf

Read = Article | KeeperPage | Picture
Held = Holding | KeeperPage | Picture
Code = Callable[[Any], Any]
_KINDS: dict[str, type[Read]] = {"article": Article, "page": KeeperPage, "picture": Picture}


Plain = tuple[str, tuple[Any, ...], bytes]
"""The kind, what of an article is at hand, and all its values as bytes, which few have to be made of again."""


def remembered(read: Read) -> Plain:
    """An article, a page of the keeper's or a picture, as plain values."""
    kind = next(name for name, kind in _KINDS.items() if isinstance(read, kind))
    at_hand = slip(read, permalink(read)) if isinstance(read, Article) else ()
    return kind, at_hand, marshal.dumps(_codes(kind)[0](read))


def recalled(plain: Plain) -> Held:
    """What `remembered` was given, an article as a holding; raises ValueError for other values."""
    try:
        kind, at_hand, values = plain
        if kind == "article":
            return Holding.recalled(at_hand, partial(_recalled, kind, values))
        held: Held = _recalled(kind, values)
    except (ValueError, TypeError, EOFError, KeyError, IndexError) as error:
        raise ValueError(f"not of the form that was remembered: {error}") from None
    return held


def _recalled(kind: str, values: bytes) -> Any:
    return _codes(kind)[1](marshal.loads(values))


@lru_cache(maxsize=8)
def _codes(name: str) -> tuple[Code, Code]:
    """How values of one of the kinds are written and read."""
    return _coded(_KINDS[name]) or (_same, _same)


def _same(value: Any) -> Any:
    return value


def _coded(kind: Any) -> tuple[Code, Code] | None:
    """The same, or nothing when values of the type are written as they are."""
    if kind is Edtf:
        return str, lru_cache(maxsize=100_000)(edtf)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.value, {member.value: member for member in kind}.__getitem__
    if is_dataclass(kind):
        return _dataclass_codes(kind)
    arguments = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        inner = _coded(next(argument for argument in arguments if argument is not type(None)))
        return inner and _optional(*inner)
    if get_origin(kind) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _coded(arguments[0])
        return inner and _several(*inner)
    return None


def _optional(write: Code, read: Code) -> tuple[Code, Code]:
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _several(write: Code, read: Code) -> tuple[Code, Code]:
    return lambda values: tuple(map(write, values)), lambda values: tuple(map(read, values))


def _dataclass_codes(kind: Any) -> tuple[Code, Code]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    special = [(place, codes) for place, name in enumerate(names) if (codes := _coded(hints[name]))]
    writers = [(place, write) for place, (write, _) in special]
    readers = [(place, read) for place, (_, read) in special]

    def write_all(value: Any) -> tuple[Any, ...]:
        values = [getattr(value, name) for name in names]
        for place, write in writers:
            values[place] = write(values[place])
        return tuple(values)

    def read_all(written: tuple[Any, ...]) -> Any:
        values = list(written)
        for place, read in readers:
            values[place] = read(values[place])
        return kind(*values)

    return write_all, read_all
