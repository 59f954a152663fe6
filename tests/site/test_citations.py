"""Citation files: the programs that read them get every field right, and nothing that is not known."""

import json

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from generator.model.articles import Source
from generator.model.dates import edtf
from generator.site.citations import bibtex, csl, ris

ARCHIVE = "The Shelf"
URL = "https://archive.example/2022/night-ferry/"
FULL = (
    "title: Night ferry & 50% of {it}_#1", "author: [Imogen Starling, Ludwig van Wren, Northshore Press Agency]", "date: 2022-05-21", "language: en",
    "sources: [{name: Institute}, {name: Northshore Post, url: 'https://northshore.example/a_b?c=1&d=2', role: origin}]", "tags: [ferries, 'noise, sleep']",
    "slug: night-ferry",
)  # fmt: skip

CSL_KEYS = {
    "id", "type", "title", "author", "container-title", "issued", "language", "keyword", "URL", "archive", "archive_location", "abstract", "publisher",
}  # fmt: skip
"""The keys of a CSL-JSON item (csl-data.json 1.0.2) that an archive of articles has a value for."""


def in_plain_text(latex: str) -> str:
    return LatexNodes2Text(keep_comments=True).latex_to_text(latex)


def bib_fields(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.entry_type == "article"
    return {field.key: field.value for field in entry.fields}


def test_bibtex_has_every_field(holding_of) -> None:
    fields = bib_fields(bibtex(holding_of(*FULL), URL, ARCHIVE))
    assert in_plain_text(fields["title"]) == "Night ferry & 50% of {it}_#1"
    assert fields["author"] == "Starling, Imogen and van Wren, Ludwig and {Northshore Press Agency}"
    assert (fields["date"], fields["language"], fields["entrysubtype"]) == ("2022-05-21", "en", "newspaper")
    assert fields["journaltitle"] == "Northshore Post"
    assert fields["url"] == "https://northshore.example/a_b?c=1&d=2"
    assert URL in fields["note"]
    assert fields["keywords"].split(", ") == ["ferries", "noise sleep"]


def test_ris_has_every_field(holding_of) -> None:
    text = ris(holding_of(*FULL), URL, ARCHIVE)
    (entry,) = rispy.loads(text)
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == "Night ferry & 50% of {it}_#1"
    assert entry["authors"] == ["Starling, Imogen", "van Wren, Ludwig", "Northshore Press Agency"]
    assert (entry["year"], entry["date"]) == ("2022", "2022/05/21/")
    assert entry["secondary_title"] == "Northshore Post"
    assert entry["keywords"] == ["ferries", "noise, sleep"]
    assert entry["language"] == "en"
    assert entry["urls"] == ["https://northshore.example/a_b?c=1&d=2"]
    assert all(line.endswith("\r\n") for line in text.splitlines(keepends=True))


def test_csl_json_has_every_field_and_no_unknown_key(holding_of) -> None:
    item = json.loads(csl(holding_of(*FULL), URL, ARCHIVE))
    assert set(item) <= CSL_KEYS
    assert item["type"] == "article-newspaper"
    assert item["author"] == [
        {"family": "Starling", "given": "Imogen"}, {"family": "van Wren", "given": "Ludwig"}, {"literal": "Northshore Press Agency"},
    ]  # fmt: skip
    assert item["issued"] == {"date-parts": [[2022, 5, 21]]}
    assert item["container-title"] == "Northshore Post"
    assert item["archive_location"] == URL


def test_what_is_not_known_is_left_out(holding_of) -> None:
    bare = holding_of("title: Bare", "slug: bare")
    assert set(bib_fields(bibtex(bare, "", ARCHIVE))) == {"title", "entrysubtype", "library"}
    (entry,) = rispy.loads(ris(bare, "", ARCHIVE))
    assert not {"year", "date", "authors", "urls", "language"} & set(entry)
    item = json.loads(csl(bare, "", ARCHIVE))
    assert set(item) == {"id", "type", "title", "archive"}


@pytest.mark.parametrize(
    ("date", "wanted_ris", "wanted_csl"),
    [
        ("2022", "2022///", {"date-parts": [[2022]]}),
        ("2022-05", "2022/05//", {"date-parts": [[2022, 5]]}),
        ("2022-05~", "2022/05//approximately", {"date-parts": [[2022, 5]], "circa": True}),
        ("1911/1912", "1911///", {"literal": "1911/1912"}),
        ("19XX", None, {"literal": "19XX"}),
    ],
)
def test_a_date_is_cited_as_exactly_as_it_is_known(date: str, wanted_ris, wanted_csl, holding_of) -> None:
    holding = holding_of("title: A", f"date: {date}")
    assert bib_fields(bibtex(holding, URL, ARCHIVE))["date"] == date
    assert rispy.loads(ris(holding, URL, ARCHIVE))[0].get("date") == wanted_ris
    assert json.loads(csl(holding, URL, ARCHIVE))["issued"] == wanted_csl


printable = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(title=printable, name=printable, tag=printable, date=st.sampled_from([None, "2022-05-21", "2022~", "19XX"]))
def test_no_text_can_break_out_of_its_field(holding_of, with_fields, *, title: str, name: str, tag: str, date) -> None:
    known = edtf(date) if date else None
    holding = with_fields(holding_of(), title=title, authors=(name,), tags=(tag,), date=known, sources=(Source(name),))
    fields = bib_fields(bibtex(holding, URL, ARCHIVE))
    assert set(fields) <= {"title", "author", "date", "keywords", "url", "library", "entrysubtype", "language"}
    (entry,) = rispy.loads(ris(holding, URL, ARCHIVE))
    assert entry["title"] == title
    assert entry["keywords"] == [tag]
    assert json.loads(csl(holding, URL, ARCHIVE))["title"] == title


@pytest.mark.parametrize("title", ["A\r\nER  - \r\nTY  - BOOK", "A\nTI  - B", "A\u2028ER  - "])
def test_a_line_end_in_a_value_ends_no_line_of_ris(title: str, holding_of, with_fields) -> None:
    (entry,) = rispy.loads(ris(with_fields(holding_of(), title=title), URL, ARCHIVE))
    assert entry["title"] == " ".join(title.split())
