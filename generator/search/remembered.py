"""What is remembered of the last join of shards, so that the next one need only join the words that changed."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass

from generator.search import chunks
from generator.search.bundle import Shard
from generator.search.chunks import Chunk
from generator.search.postings import Forms, Run


@dataclass(frozen=True, slots=True)
class LastJoin:
    """A join: the key of each shard by name, what else its chunks follow from, and the chunks."""

    keys: Mapping[str, str]
    shape: str
    chunks: tuple[Chunk, ...]

    def text(self) -> str:
        """The join as text for the record."""
        said = json.dumps([dict(self.keys), self.shape, self.chunks], ensure_ascii=False)
        return f"{_digest(said)} {said}"


def join_of(text: str) -> LastJoin | None:
    """The join that `LastJoin.text` gave; none for another text, such as that of a damaged record."""
    digest, _, said = text.partition(" ")
    if not said or digest != _digest(said):
        return None
    keys, shape, cut = json.loads(said)
    return LastJoin(keys, shape, tuple(Chunk(*chunk) for chunk in cut))


def shape_of(shards: Mapping[str, Shard]) -> str:
    """What the chunks follow from beside the words: where the numbers of pages and fields begin, and where chunks end."""
    held = [(name, shard.version, shard.language, len(shard.pages), shard.fields) for name, shard in shards.items()]
    return repr((chunks.FORM, chunks.CHUNK, held))


def changed_since(
    join: LastJoin, shards: Mapping[str, Shard], keys: Mapping[str, str], changed: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """The words that are not as they were joined; none when that cannot be told.

    `keys` are those of the shards as they are, `changed` the words of those that were joined as something else.
    """
    if join.shape != shape_of(shards):
        return None
    stale = [name for name in shards if keys[name] != join.keys.get(name)]
    if any(name not in changed for name in stale):
        return None
    return frozenset().union(*(changed[name] for name in stale))


def changed_words(old: Shard, new: Shard) -> frozenset[str]:
    """The words of which two shards say something else."""
    same = {digest for digest, _ in old.chunks} & {digest for digest, _ in new.chunks}
    before, after = _said(old, same), _said(new, same)
    return frozenset(text for text in before.keys() | after.keys() if before.get(text) != after.get(text))


def _said(shard: Shard, left_out: Set[str]) -> dict[str, tuple[Run, Forms]]:
    """What a shard says of each word that is not in a chunk which is `left_out`."""
    held = {}
    for words in shard.words_but(left_out):
        held.update({text: (run, words.forms.get(text, ())) for text, run in words.runs().items()})
    return held


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
