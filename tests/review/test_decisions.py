"""What a person decides about a conversion: kept in a file beside the article, and honoured by the converter."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.amending import amended, with_capture_digest
from generator.archive.decisions import VALUES, decisions_path, read_decisions, value_of, written_decisions
from generator.front_matter import read_front_matter
from generator.importing import converted, import_captures, read_capture
from generator.model.decisions import Decisions, block_keys
from generator.model.ledger import Destination, Label
from generator.problems import Refusal

FERRY = """close
Night ferry to Brackwater

By Imogen Starling

The ferry has sailed at night since the council asked for it, and twice as many passengers come as were expected when
the timetable was drawn up.

A quiet harbour

People who live on the quay hear every engine, and they have written to the Harbour Board, which says that it measures
the noise and will publish what it finds before the winter.

The board says that a quieter ship is being built and that the old one will sail by day once it is there, a promise
that neighbours have heard before.
"""


@pytest.fixture
def ferry(archive: Any) -> Any:
    return archive.write("seeds/ferry.txt", FERRY)


def key_of(archive: Any, words: str) -> str:
    _, ledger = converted(read_capture(archive.root, "seeds/ferry.txt"))
    entries = [entry for entry in ledger.entries if entry.label is not Label.BLANK]
    return next(
        key for key, entry in zip(block_keys(e.text for e in entries), entries, strict=True) if words in entry.text
    )


def test_a_label_that_a_person_sets_decides_where_the_block_goes(ferry: Any) -> None:
    key = key_of(ferry, "A quiet harbour")
    conversion, ledger = converted(read_capture(ferry.root, "seeds/ferry.txt"), Decisions({key: Label.PULL_QUOTE}))
    assert "A quiet harbour" not in conversion.body
    (entry,) = [entry for entry in ledger.entries if "A quiet harbour" in entry.text]
    assert (entry.label, entry.destination, entry.rule) == (Label.PULL_QUOTE, Destination.LEFT_OUT, "a person")


def test_every_line_stays_in_the_ledger_once_whatever_a_person_decides(ferry: Any) -> None:
    capture = read_capture(ferry.root, "seeds/ferry.txt")
    _, ledger = converted(capture)
    keys = list(block_keys(entry.text for entry in ledger.entries if entry.label is not Label.BLANK))

    @given(st.dictionaries(st.sampled_from(keys), st.sampled_from(list(Label)), max_size=len(keys)))
    def holds(labels: dict[str, Label]) -> None:
        try:
            _, decided = converted(capture, Decisions(labels))
        except Refusal:
            return  # nothing of an article is left: that is said, not hidden
        lines = [line for entry in decided.entries for line in range(entry.first, entry.last + 1)]
        assert sorted(lines) == list(range(1, len(capture.lines) + 1))

    holds()


def test_a_decision_holds_when_lines_are_added_above(ferry: Any) -> None:
    key = key_of(ferry, "A quiet harbour")
    ferry.write("seeds/ferry.txt", "Menu\nSearch\n" + FERRY)
    assert key == key_of(ferry, "A quiet harbour")


def test_another_block_as_the_title_leaves_the_old_one_in_the_text(ferry: Any) -> None:
    key = key_of(ferry, "A quiet harbour")
    conversion, _ = converted(read_capture(ferry.root, "seeds/ferry.txt"), Decisions({key: Label.TITLE}))
    assert conversion.fields.title == "A quiet harbour"
    assert "Night ferry to Brackwater" in conversion.body


TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@given(
    labels=st.dictionaries(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), st.sampled_from(list(Label)), max_size=4),
    title=TEXTS, tags=st.lists(TEXTS, max_size=3), begins=TEXTS,
)  # fmt: skip
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, labels: dict[str, Label], title: str, tags: list[str], begins: str
) -> None:
    root = tmp_path_factory.mktemp("decisions")
    (root / "content").mkdir()
    decisions = Decisions(labels, {"title": title, "tags": tags})
    (root / "content/a.review.toml").write_bytes(
        written_decisions("seeds/a b.txt", decisions, dict.fromkeys(labels, begins)).encode()
    )
    found = read_decisions(root, "content/a.md")
    assert found.labels == labels
    assert found.values == {"title": title, "tags": tags}


@pytest.mark.parametrize(
    "text",
    ["[[block]]\nkey = 1\n", '[[block]]\nkey = "a"\nlabel = "sermon"\n', '[values]\nslug = "x"\n', "[values]\ndate = 2022-05-21\n", "[values\n",
     'block = "x"\nvalues = 3\n[[[\n'],
)  # fmt: skip
def test_a_decisions_file_that_cannot_be_understood_is_a_problem(archive: Any, text: str) -> None:
    archive.article("a").write("content/a.review.toml", text)
    with pytest.raises(Refusal, match=r"content/a\.review\.toml"):
        read_decisions(archive.root, "content/a.md")


def test_an_import_honours_what_was_decided_and_settles(ferry: Any) -> None:
    import_captures(ferry.root)
    decisions = Decisions(
        {key_of(ferry, "A quiet harbour"): Label.PULL_QUOTE}, {"date": "2022-05~", "author": ["Ada Byron"]}
    )
    ferry.write(decisions_path("content/ferry.md"), written_decisions("seeds/ferry.txt", decisions, {}))
    (filing,) = import_captures(ferry.root).filings
    assert filing.action.value == "converted again"
    text = (ferry.root / "content/ferry.md").read_text()
    assert "date: 2022-05~" in text
    assert 'author: ["Ada Byron"]' in text
    assert "A quiet harbour" not in text.partition("---\n\n")[2]
    assert import_captures(ferry.root).filings == ()
    (ferry.root / "content/ferry.review.toml").unlink()
    (filing,) = import_captures(ferry.root).filings
    assert 'author: ["Imogen Starling"]' in filing.text


def test_decisions_never_overwrite_what_a_person_has_edited(ferry: Any) -> None:
    import_captures(ferry.root)
    file = ferry.root / "content/ferry.md"
    file.write_text(file.read_text() + "\nA person's own line.\n")
    before = file.read_text()
    ferry.write(
        "content/ferry.review.toml", written_decisions("seeds/ferry.txt", Decisions({}, {"title": "Other"}), {})
    )
    assert import_captures(ferry.root).filings == ()
    assert file.read_text() == before


ARTICLE = '---\n# mine\ntitle: "A"\nauthors:\n  - One\n  - Two\ntags: [x]\ncapture:\n  file: seeds/a.txt\n  sha256: 00\n---\n\nText: title\n'


def test_one_value_of_an_edited_article_is_amended_and_nothing_else() -> None:
    assert amended("a.md", ARTICLE, "title", "B: c") == ARTICLE.replace('"A"', '"B: c"')
    assert 'author: ["Ada"]\ntags: [x]\n' in amended("a.md", ARTICLE, "author", ["Ada"])
    assert "authors" not in amended("a.md", ARTICLE, "author", ["Ada"])
    assert "tags" not in amended("a.md", ARTICLE, "tags", [])
    assert 'date: "2022"\ncapture:\n' in amended("a.md", ARTICLE, "date", "2022")
    assert "  sha256: ff\n" in with_capture_digest("a.md", ARTICLE, "ff")


@given(st.sampled_from(VALUES), TEXTS)
def test_an_amended_value_reads_back(key: str, text: str) -> None:
    value = value_of(key, text)
    front, problems = read_front_matter("a.md", amended("a.md", ARTICLE, key, value))
    assert not problems
    assert front.values.get(key, [] if isinstance(value, list) else "") == value
    assert front.body == "\nText: title\n"


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    text = ARTICLE.replace("\n", "\r\n")
    assert amended("a.md", text, "title", "B").count("\r\n") == text.count("\r\n")
