"""Templates as they were compiled, and which others they name: kept, so that a new build need not parse them again.

What is kept is a program. Whoever can write to the record can write to the archive's templates, which are programs too;
and what is not whole is compiled anew, for a damaged program would end the process.
"""

import marshal
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_DIGEST = 32


class Kept(Protocol):
    """Where things are kept from one build to the next, by a name and a key that says what they were made from."""

    def recall(self, source: str, key: bytes) -> bytes | None:
        """What is kept under a name, if it was made from the same."""

    def remember(self, source: str, key: bytes, html: bytes) -> None:
        """Keeps something."""


class Compiled(BytecodeCache):
    """Compiled templates by name, file and source; they are held by the process, and `kept` where there is a place.

    Whoever keeps them lets go of all when the program changes, which is part of what they are made from.
    """

    _held: dict[str, tuple[str, bytes]] = {}  # noqa: RUF012 - of the process: who builds again and again compiles once

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket with what is held or kept for its source."""
        checksum, code = self._held.get(bucket.key, ("", b""))
        if checksum != bucket.checksum:
            code = recalled(self._kept, f"//compiled/{bucket.key}", bucket.checksum)
            self._held[bucket.key] = (bucket.checksum, code)
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Holds and keeps what was compiled."""
        code = bucket.bytecode_to_string()
        self._held[bucket.key] = (bucket.checksum, code)
        remember(self._kept, f"//compiled/{bucket.key}", bucket.checksum, code)


def references(source: str, kept: Kept | None = None) -> tuple[str | None, ...]:
    """The templates that a template extends, includes or imports; None for a name known only when rendering."""
    digest = sha256(source.encode()).hexdigest()
    name = f"//references/{digest}"
    known = recalled(kept, name, digest)
    if known:
        return tuple(marshal.loads(known))
    found = _parsed(source)
    remember(kept, name, digest, marshal.dumps(found))
    return found


@lru_cache(maxsize=400)
def _parsed(source: str) -> tuple[str | None, ...]:
    from jinja2 import Environment, TemplateSyntaxError, meta

    from generator.site.once import Once

    try:
        tree = Environment(extensions=["jinja2.ext.i18n", Once]).parse(source)
    except TemplateSyntaxError:
        return ()  # rendering reports it
    return tuple(meta.find_referenced_templates(tree))


def recalled(kept: Kept | None, name: str, key: str) -> bytes:
    """What is kept, if it is whole; else nothing."""
    data = kept.recall(name, key.encode()) if kept is not None else None
    whole = data is not None and sha256(data[_DIGEST:]).digest() == data[:_DIGEST]
    return data[_DIGEST:] if data is not None and whole else b""


def remember(kept: Kept | None, name: str, key: str, data: bytes) -> None:
    """Keeps something so that damage to it shows."""
    if kept is not None:
        kept.remember(name, key.encode(), sha256(data).digest() + data)
