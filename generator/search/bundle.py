"""One shard as Pagefind left it in a folder: read, checked against the form that is known, and kept as plain values.

Pagefind orders filters and fields anew on each run; here they are in an order of their own, so that one shard has one
form. Raises NotRead for files of another form: then the archive is indexed whole, as Pagefind does it by itself.
"""

import hashlib
import html
import json
import marshal
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.search.cbor import NotRead, decoded
from generator.search.postings import Numbers, Words, from_plain, in_a_row, plain, words_of

SIGNATURE = b"pagefind_dcd"
FIELDS = ("authors", "date", "publication", "title", "image", "image_alt")
"""Metadata that has the same number in every shard; other fields follow in the order of their names.

Without pictures it is Pagefind's own order, so that nothing need be numbered anew."""
_ENTRY = "pagefind-entry.json"
_MADE_ANEW = {_ENTRY}
FRAGMENT = ".pf_fragment"
_OF_THE_INDEX = (".pf_meta", FRAGMENT, ".pf_index", ".pf_filter")
_BEGINNING = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')
_LEVEL = 4
"""What searches find is 0.7 % larger than at 6, chunks are 4.7 %; these take less than a third of the time."""
_SORT = re.compile(r'<[^<>]*\sdata-pagefind-sort="([^"]*)"[^<>]*>([^<>]*)')


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard. `pages` are (name of the fragment's file, word count, anything else Pagefind says); `filters` map a
    filter's values to page numbers; `sorts` hold (value, page number); `fields` are the metadata's names. Pages stand
    in the order of their addresses. `chunks` are those that Pagefind wrote: a digest of what a chunk and its numbers
    say, and the place where its words end."""

    version: str
    language: str
    entry: str
    pages: tuple[tuple[Any, ...], ...]
    words: Words
    filters: dict[str, dict[str, list[int]]]
    sorts: dict[str, list[tuple[str, int]]]
    fields: tuple[str, ...]
    chunks: tuple[tuple[str, int], ...] = ()

    def words_but(self, left_out: Set[str]) -> Iterator[Words]:
        """The words of chunks other than those with a digest that is `left_out`."""
        start = 0
        for digest, stop in self.chunks:
            if digest not in left_out:
                yield self.words.part(start, stop)
            start = stop
        if start < len(self.words.texts):
            yield self.words.part(start, len(self.words.texts))

    def kept(self) -> bytes:
        """The shard as bytes for the record."""
        words = marshal.dumps(plain(self.words))
        data = marshal.dumps(
            (
                self.version,
                self.language,
                self.entry,
                self.pages,
                words,
                self.filters,
                self.sorts,
                self.fields,
                self.chunks,
            )
        )
        return hashlib.sha256(data).digest() + data


def kept_shard(data: bytes) -> Shard:
    """The shard that `kept` gave; raises ValueError for other bytes, such as those of a damaged record."""
    view = memoryview(data)
    if hashlib.sha256(view[32:]).digest() != view[:32]:
        raise ValueError("not as it was kept")
    version, language, entry, pages, words, *rest = marshal.loads(view[32:])
    return Shard(version, language, entry, pages, from_plain(marshal.loads(words)), *rest)


@dataclass(frozen=True, slots=True)
class Said:
    """What Pagefind says of pages, in the order of their `addresses`: a shard, whose pages have no names yet, what is
    shown of each (`contents`, JSON), and the files that search it, by name."""

    shard: Shard
    addresses: tuple[str, ...]
    contents: tuple[bytes, ...]
    programs: Mapping[str, bytes]


def read_shard(
    folder: Path, page_text: Callable[[str], str], known: Shard | None = None
) -> tuple[Shard, dict[str, bytes]]:
    """The shard in a folder, and the files that are published as they are, by name; as `read_said` has it."""
    return named(read_said(folder, page_text, known))


def read_said(folder: Path, page_text: Callable[[str], str], known: Shard | None = None) -> Said:
    """What Pagefind says in a folder.

    `page_text` gives the HTML that was indexed for an address such as `/2022/night-ferry/`. Chunks that are as they
    were in a `known` shard are not unpacked.
    """
    entry = json.loads((folder / _ENTRY).read_bytes())
    if len(entry.get("languages", {})) != 1:
        raise NotRead("not one language")
    language, about = next(iter(entry["languages"].items()))
    meta = decoded(_unpacked((folder / f"pagefind.{about['hash']}.pf_meta").read_bytes()))
    if len(meta) != 6:
        raise NotRead("another form of metadata")
    version, pages, chunks, filters, sorts, names = meta
    fields = (*FIELDS, *sorted(set(names) - set(FIELDS)))
    contents = [_unpacked((folder / "fragment" / f"{page[0]}{FRAGMENT}").read_bytes()) for page in pages]
    addresses = [_address(content) for content in contents]
    # Pagefind takes pages as the disk lists them, which is another order on another disk.
    order = sorted(range(len(pages)), key=addresses.__getitem__)
    ranks = {page: rank for rank, page in enumerate(order)}
    numbers = Numbers(
        [ranks[page] for page in range(len(pages))], {number: fields.index(name) for number, name in enumerate(names)}
    )
    said = hashlib.sha256(repr((numbers.pages, names, fields)).encode()).digest()
    words, cuts = _words(
        [(folder / "index" / f"{name}.pf_index").read_bytes() for _, _, name in chunks], said, numbers, known
    )
    addresses.sort()
    shard = Shard(
        version,
        language,
        json.dumps({**entry, "languages": {language: {"wasm": about.get("wasm")}}}, ensure_ascii=False, sort_keys=True),
        tuple(("", *pages[page][1:]) for page in order),
        words,
        {name: _filter(folder, name, file, ranks) for name, file in filters},
        _sorts(sorts, [page_text(address) for address in addresses] if sorts else [], ranks),
        fields,
        cuts,
    )
    return Said(shard, tuple(addresses), tuple(contents[page] for page in order), _programs(folder))


def named(said: Said) -> tuple[Shard, dict[str, bytes]]:
    """The shard with its pages named by what is shown of them, and the files that are published as they are, by name."""
    fragments = [packed(content) for content in said.contents]
    names = [f"{said.shard.language}_{hashlib.sha256(data).hexdigest()[:12]}" for data in fragments]
    pages = tuple((name, *page[1:]) for name, page in zip(names, said.shard.pages, strict=True))
    shard = replace(said.shard, pages=pages)
    return shard, {**dict(zip(fragments_of(shard), fragments, strict=True)), **said.programs}


def packed(content: bytes) -> bytes:
    """Content as it is published: signed and compressed, with nothing of the clock or the machine in it."""
    content = SIGNATURE + content
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    body = squeeze.compress(content) + squeeze.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def fragments_of(shard: Shard) -> list[str]:
    """The names of the files that show the pages of a shard, in the order of their addresses."""
    return [f"fragment/{page[0]}{FRAGMENT}" for page in shard.pages]


def _words(
    chunks: Sequence[bytes], said: bytes, numbers: Numbers, known: Shard | None
) -> tuple[Words, tuple[tuple[str, int], ...]]:
    """The words of all chunks, and where those of each end; `said` is what their numbers mean."""
    places: dict[str, tuple[int, int]] = {}
    if known is not None:
        starts = (0, *(stop for _, stop in known.chunks))
        places = {digest: (start, stop) for start, (digest, stop) in zip(starts, known.chunks, strict=False)}
    parts, cuts, end = [], [], 0
    for chunk in chunks:
        digest = hashlib.sha256(said + chunk).hexdigest()
        if known is not None and digest in places:
            parts.append(known.words.part(*places[digest]))
        else:
            parts.append(words_of(_unpacked(chunk), numbers))
        end += len(parts[-1].texts)
        cuts.append((digest, end))
    return in_a_row(parts), tuple(cuts)


def _programs(folder: Path) -> dict[str, bytes]:
    """What is not of the index: the scripts, styles and WebAssembly that search it."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(_OF_THE_INDEX)]
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(files) if file.name not in _MADE_ANEW
    }


def _unpacked(data: bytes) -> bytes:
    try:
        plainly = zlib.decompress(data, 31)
    except zlib.error as error:
        raise NotRead(str(error)) from None
    if not plainly.startswith(SIGNATURE):
        raise NotRead("another signature")
    return plainly[len(SIGNATURE) :]


def _filter(folder: Path, name: str, file: str, ranks: Mapping[int, int]) -> dict[str, list[int]]:
    found, values = decoded(_unpacked((folder / "filter" / f"{file}.pf_filter").read_bytes()))
    if found != name:
        raise NotRead("a filter of another name")
    return {value: sorted(ranks[page] for page in pages) for value, pages in sorted(values)}


def _address(content: bytes) -> str:
    match = _BEGINNING.match(content)
    if match is None:
        raise NotRead("a fragment without its address")
    return str(json.loads(match[1]))


def _sorts(sorts: list[Any], texts: list[str], ranks: Mapping[int, int]) -> dict[str, list[tuple[str, int]]]:
    """Pagefind writes down the order of pages, not the values it comes from: those are read from the pages again."""
    values = [_sort_values(text) for text in texts]
    try:
        return {
            name: [(values[page][name], page) for page in sorted(ranks[page] for page in pages)]
            for name, pages in sorted(sorts)
        }
    except KeyError as error:
        raise NotRead(f"a page without a value for {error}") from None


def _sort_values(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    place = -1
    while (place := text.find(" data-pagefind-sort=", place + 1)) >= 0:
        match = _SORT.match(text, max(0, text.rfind("<", 0, place)))
        if match is None:
            continue
        for rule in match[1].split(","):
            name, attribute, literal = re.fullmatch(r"\s*([^\[:]*?)\s*(?:\[([^\]]*)\]|:(.*))?", rule, re.S).groups()  # type: ignore[union-attr]
            if attribute is not None:
                value = re.search(rf'\s{re.escape(attribute)}="([^"]*)"', match[0])
                found[name] = html.unescape(value[1]) if value else ""
            else:
                found[name] = html.unescape(literal if literal is not None else match[2]).strip()
    return found
