"""What a person decides in review is written down: beside the article, or in its front matter once a person edits it.

Every decision is tried before it is written: a value that is none is refused, and nothing is written then. An article
that is replaced at a person's word is kept below `.pressmark/replaced/`.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from generator.archive.amending import amended, with_capture_digest
from generator.archive.decisions import VALUES, decisions_path, read_decisions, value_of, with_values, written_decisions
from generator.archive.reading import read_article, read_text
from generator.archive.writing import written_article
from generator.build import STATE
from generator.importing import converted, read_capture
from generator.model.articles import Article, Conversion
from generator.model.captures import Capture
from generator.model.decisions import Decisions, block_keys
from generator.model.ledger import Entry, Label, Ledger
from generator.plain_files import read_plain
from generator.problems import Problem, Refusal

NOT_A_BLOCK = "head/title"


@dataclass(frozen=True, slots=True)
class Case:
    """A capture under review: its conversion with all decisions, the ledger, and its article (None before its first import)."""

    capture: Capture
    article: Article | None
    decisions: Decisions
    conversion: Conversion
    ledger: Ledger

    @property
    def waits(self) -> bool:
        """Whether the capture or the decisions have changed under an article that a person has edited."""
        made = self.article.provenance if self.article and self.article.edited else None
        return made is not None and (made.sha256 != self.capture.sha256 or made.decisions != self.decisions.sha256)

    def blocks(self) -> list[tuple[str, Entry]]:
        """The blocks with their keys; what is blank, or no block, has none."""
        entries = [e for e in self.ledger.entries if e.label is not Label.BLANK and e.node != NOT_A_BLOCK]
        return list(zip(block_keys(entry.text for entry in entries), entries, strict=True))

    def new_text(self) -> str:
        """The article as the conversion would write it now; its slug never changes."""
        fields = self.conversion.fields
        if self.article:
            fields = replace(fields, slug=self.article.fields.slug)
        return written_article(replace(self.conversion, fields=fields), self.capture.path, self.capture.sha256)


def is_waiting(root: Path, capture: str, article: Article) -> bool:
    """The same as `Case.waits`, without converting anything; False where the files cannot be read."""
    made = article.provenance
    try:
        sha256 = hashlib.sha256(read_plain(root / capture)).hexdigest()
        return (
            article.edited
            and made is not None
            and (made.sha256 != sha256 or made.decisions != read_decisions(root, article.path).sha256)
        )
    except (OSError, Refusal):
        return False


def case_of(root: Path, capture: str, article: Article | None) -> Case:
    """A capture as it stands; raises Refusal when it cannot be converted."""
    received = read_capture(root, capture)
    decisions = read_decisions(root, article.path) if article else Decisions()
    conversion, ledger = converted(received, decisions)
    return Case(received, article, decisions, conversion, ledger)


def as_it_stands(root: Path, article: Article) -> Article:
    """An article as its file is now, which a person may have saved a moment ago; raises Refusal when it cannot be read."""
    text, sha256, problems = read_text(root, article.path)
    if problems:
        raise Refusal(*problems)
    read, problems = read_article(article.path, text, sha256)
    if read is None:
        raise Refusal(*problems)
    return read


def set_label(root: Path, case: Case, key: str, label: str) -> None:
    """Labels a block; an empty label leaves it to the rules again."""
    labels = {one: old for one, old in case.decisions.labels.items() if one != key}
    entry = dict(case.blocks()).get(key)
    if entry is None:
        raise Refusal(Problem(case.capture.path, "has no such block any more", "load the page again"))
    if entry.label is Label.FRONT_MATTER:
        raise Refusal(Problem(case.capture.path, "states this in its front matter", "set the value itself"))
    if label:
        labels[key] = Label(label)
    _decide(root, case, replace(case.decisions, labels=labels))


def set_value(root: Path, case: Case, key: str, text: str) -> None:
    """Sets a front matter value; an empty text takes it away, or leaves it to the conversion again."""
    if key not in VALUES:
        raise Refusal(Problem(case.capture.path, f"{key} cannot be set here", "change it in the article's file"))
    value = value_of(key, text)
    article = _article(case)
    if not article.edited:
        values = {one: old for one, old in case.decisions.values.items() if one != key}
        _decide(root, case, replace(case.decisions, values=values | ({key: value} if value else {})))
        return
    after = amended(article.path, _text(root, article), key, value)
    read, problems = read_article(article.path, after.replace("\r\n", "\n"), "")
    if problems or read is None:
        raise Refusal(*problems)
    _write(root / article.path, after)


def written_of(root: Path, case: Case) -> tuple[bytes, ...]:
    """What stands in the files that a decision may change; nothing of one that is not there."""
    paths = (case.article.path, decisions_path(case.article.path)) if case.article else ()
    return tuple(file.read_bytes() if (file := root / path).is_file() else b"" for path in paths)


def take_new(root: Path, case: Case) -> None:
    """Puts the new conversion in the place of an edited article; what stood there is kept."""
    article = _article(case)
    before = read_plain(root / article.path)
    kept = root / STATE / "replaced" / f"{article.path}.{hashlib.sha256(before).hexdigest()[:12]}.md"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(before)
    _write(root / article.path, case.new_text())


def keep_mine(root: Path, case: Case) -> None:
    """Leaves an edited article as it is: notes that a person has seen the changed capture, and drops their decisions."""
    article = _article(case)
    (root / decisions_path(article.path)).unlink(missing_ok=True)
    _write(root / article.path, with_capture_digest(article.path, _text(root, article), case.capture.sha256))


def _text(root: Path, article: Article) -> str:
    """An article's file with the line ends that it has."""
    _, _, problems = read_text(root, article.path)
    if problems:
        raise Refusal(*problems)
    return read_plain(root / article.path).decode("utf-8-sig")


def _article(case: Case) -> Article:
    if case.article is None:
        raise Refusal(Problem(case.capture.path, "has no article yet", "wait for the build, or mend what stops it"))
    return case.article


def _decide(root: Path, case: Case, decisions: Decisions) -> None:
    article = _article(case)
    conversion, _ = converted(case.capture, decisions)
    with_values(conversion, decisions, article.path)
    path = root / decisions_path(article.path)
    if decisions.labels or decisions.values:
        begins = {key: " ".join(entry.text.split())[:60] for key, entry in case.blocks()}
        _write(path, written_decisions(case.capture.path, decisions, begins))
    else:
        path.unlink(missing_ok=True)
    if not article.edited:
        # The next import would write the same; the page need not wait for it.
        _write(root / article.path, case_of(root, case.capture.path, article).new_text())


def _write(file: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.write_bytes(text.encode("utf-8"))
        unfinished.replace(file)
    except OSError as error:
        raise Refusal(
            Problem(file.name, f"cannot be written: {error.strerror}", "check the folder's permissions and the disk")
        ) from None
