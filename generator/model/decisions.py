"""What a person decided about the conversion of a capture: labels of blocks, values of the front matter.

A block is known by its text, so that a decision holds when lines are added to the capture above it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.model.ledger import Label

RULE = "a person"
"""The rule that the ledger names for a block whose label a person has set."""

REASON = "a person labelled it in review"


@dataclass(frozen=True, slots=True)
class Decisions:
    """`labels` maps block keys to labels; `values` maps front matter keys to values as they are written there.

    `sha256` is the digest of the file they come from, empty when there is none.
    """

    labels: dict[str, Label] = field(default_factory=dict)
    values: dict[str, str | list[str]] = field(default_factory=dict)
    sha256: str = ""


def block_keys(texts: Iterable[str]) -> Iterator[str]:
    """The keys of a capture's blocks, in their order: a digest of each text, and a number where a text comes again."""
    seen: Counter[str] = Counter()
    for text in texts:
        key = hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}-{seen[key]}"
