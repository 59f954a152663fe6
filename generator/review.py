"""The review room of the preview, at `/_review/`: captures with the confidence of their conversion, and each capture
beside its article, where a person sets labels and values.

It answers this machine only; what changes a file needs the token that its own pages carry (see `watching.rooms`).
"""

import difflib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.archive.decisions import VALUES
from generator.archive.sightings import SEEDS
from generator.assessing import DOUBTFUL, Assessment
from generator.assessor import Assessor
from generator.conversion.decisions import CHOICES, IN_ARTICLE, KEYS
from generator.deciding import (
    Case,
    as_it_stands,
    case_of,
    is_waiting,
    keep_mine,
    set_label,
    set_value,
    take_new,
    written_of,
)
from generator.importing import seed_files
from generator.model.articles import Article, Fields
from generator.model.captures import Format
from generator.model.catalogue import permalink
from generator.model.ledger import Destination, Label
from generator.problems import Problem, Refusal
from generator.watching.rooms import Answer, Visit, may_change

PLACE = "/_review/"
_A_PAGE = 100
_SHOWN = ("waiting", "doubtful", "all")
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'"
_CHOICES_BY_FORMAT = {
    Format.PLAIN_TEXT: CHOICES,
    # A page's own marks say what is quoted and what is a list: the text is written from them.
    Format.HTML: tuple(label for label in CHOICES if label not in (Label.QUOTATION, Label.LIST)),
    Format.MARKDOWN: CHOICES,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A capture in the list; `assessment` is None while it is not yet made."""

    capture: str
    article: str
    address: str
    edited: bool
    waits: bool
    assessment: Assessment | None

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it: nobody has edited it, and an author, a date or a label is in doubt."""
        found = self.assessment
        is_unsure = found is not None and (bool(found.doubts) or found.confidence < DOUBTFUL)
        return self.waits or (is_unsure and not self.edited)

    @property
    def order(self) -> tuple[bool, float, str]:
        """What waits comes first, then what is least sure."""
        return (not self.waits, self.assessment.confidence if self.assessment else 2.0, self.capture)


class Review:
    """The room; `articles` gives the articles of the archive by path, `tell` lets open pages know of news."""

    def __init__(
        self, root: Path, pages: Path, articles: Callable[[], Mapping[str, Article]], tell: Callable[[], None]
    ) -> None:
        self._root, self._articles = root, articles
        self._token = secrets.token_urlsafe(32)
        self._assessor = Assessor(root, tell)
        self._templates = Environment(
            loader=FileSystemLoader(str(pages)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def answer(self, visit: Visit) -> Answer | None:
        """Answers what is asked at `/_review/`."""
        if not visit.path.startswith(PLACE):
            return None
        if not visit.is_local:
            return Answer(
                HTTPStatus.FORBIDDEN, "text/plain", b"Captures are reviewed on the machine that holds them.\n"
            )
        if visit.method == "POST":
            return self._change(visit)
        if visit.path == PLACE:
            return self._list(visit)
        if visit.path == PLACE + "capture":
            return self._capture(visit)
        return Answer(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such page in review.\n")

    def close(self) -> None:
        """Ends what is under way in the background."""
        self._assessor.close()

    def _by_capture(self) -> dict[str, Article]:
        found: dict[str, Article] = {}
        for article in sorted(self._articles().values(), key=lambda article: article.path):
            if article.provenance and article.provenance.file:
                found.setdefault(article.provenance.file, article)
        return found

    def _list(self, visit: Visit) -> Answer:
        by_capture = self._by_capture()
        captures = list(seed_files(self._root))
        wanted = [(capture, by_capture[capture].path if capture in by_capture else "") for capture in captures]
        self._assessor.ask(wanted)
        rows = sorted((self._row(one, by_capture.get(one[0])) for one in wanted), key=lambda row: row.order)
        shown = visit.query.get("show", "all")
        kept = {
            "waiting": [row for row in rows if row.waits],
            "doubtful": [row for row in rows if row.is_doubtful],
            "all": rows,
        }
        chosen = kept.get(shown, rows)
        page = max(1, int(visit.query.get("page", "1"))) if visit.query.get("page", "1").isdecimal() else 1
        return self._page(
            "list.html",
            rows=chosen[(page - 1) * _A_PAGE : page * _A_PAGE],
            shown=shown if shown in _SHOWN else "all",
            counts={name: len(some) for name, some in kept.items()},
            missing=sum(row.assessment is None for row in rows),
            page=page,
            pages=max(1, -(-len(chosen) // _A_PAGE)),
            link=lambda **words: "?" + urlencode({"show": shown, **words}),
        )

    def _row(self, wanted: tuple[str, str], article: Article | None) -> Row:
        address = "/" + permalink(article) if article else ""
        edited = bool(article and article.edited)
        waits = bool(article and edited and is_waiting(self._root, wanted[0], article))
        return Row(wanted[0], wanted[1], address, edited, waits, self._assessor.of(wanted))

    def _capture(self, visit: Visit) -> Answer:
        name = visit.query.get("file", "")
        try:
            case = self._case(name)
        except Refusal as refusal:
            return self._page("refused.html", HTTPStatus.NOT_FOUND, asked=name, problems=refusal.problems)
        old = (self._root / case.article.path).read_text("utf-8", "replace") if case.article else ""
        difference = ""
        if case.waits and case.article:
            lines = difflib.unified_diff(
                old.splitlines(), case.new_text().splitlines(), "the article", "the new conversion", lineterm=""
            )
            difference = "\n".join(lines)
        return self._page(
            "capture.html",
            case=case,
            blocks=case.blocks(),
            choices=_choices(case),
            values=_values(case),
            doubtful=DOUBTFUL,
            difference=difference,
            address="/" + permalink(case.article) if case.article else "",
            left_out=Destination.LEFT_OUT,
            names=list(seed_files(self._root)),
        )

    def _case(self, name: str, looked_at: Callable[[Path, Article], Article] = lambda _, article: article) -> Case:
        # Only captures that are there can be named: nothing else of the disk can be reached.
        if not name.startswith(SEEDS + "/") or name not in set(seed_files(self._root)):
            raise Refusal(Problem(name[:200], "is no capture of this archive", "go back to the list"))
        article = self._by_capture().get(name)
        return case_of(self._root, name, looked_at(self._root, article) if article else None)

    def _change(self, visit: Visit) -> Answer:
        if not may_change(visit, self._token):
            return _told(HTTPStatus.FORBIDDEN, "Only a page that this preview has served may change the archive.")
        try:
            asked = json.loads(visit.body)
            case = self._case(str(asked["file"]), as_it_stands)
            before = written_of(self._root, case)
            key, value = str(asked.get("key", "")), str(asked.get("value", ""))
            if visit.path == PLACE + "label":
                if value and value not in {label.value for group in _choices(case) for label in group[1]}:
                    return _told(HTTPStatus.UNPROCESSABLE_ENTITY, f"{value} is no label that can be set here.")
                set_label(self._root, case, key, value)
            elif visit.path == PLACE + "value":
                set_value(self._root, case, key, value)
            elif visit.path == PLACE + "take-new":
                take_new(self._root, case)
            elif visit.path == PLACE + "keep-mine":
                keep_mine(self._root, case)
            else:
                return _told(HTTPStatus.NOT_FOUND, "There is nothing like that to change.")
        except (ValueError, KeyError, TypeError):
            return _told(HTTPStatus.BAD_REQUEST, "The request could not be read.")
        except Refusal as refusal:
            return _told(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(_said(problem) for problem in refusal.problems))
        if written_of(self._root, case) == before:  # no news of it will ever come
            return _told(HTTPStatus.OK, "This is what stands there already.", is_changed=False)
        return _told(HTTPStatus.OK, "Written.")

    def _page(self, template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Answer:
        text = self._templates.get_template(template).render(values | {"token": self._token, "policy": _POLICY})
        return Answer(status, "text/html", text.encode("utf-8", "replace"))


def _choices(case: Case) -> tuple[tuple[str, tuple[Label, ...]], ...]:
    """The labels that can be set, in groups by where their blocks go."""
    labels = _CHOICES_BY_FORMAT.get(case.capture.format, CHOICES)
    groups = (
        ("In the article", tuple(label for label in labels if label in IN_ARTICLE)),
        ("In the front matter", tuple(label for label in labels if label in KEYS)),
        ("Left out", tuple(label for label in labels if label not in IN_ARTICLE and label not in KEYS)),
    )
    return tuple(group for group in groups if group[1])


def _values(case: Case) -> list[dict[str, Any]]:
    """The front matter values that can be set, as text, with where each comes from."""
    fields: Fields = case.article.fields if case.article and case.article.edited else case.conversion.fields
    read = dict(case.conversion.read)
    lists = {"author": fields.authors, "tags": fields.tags, "summary": fields.summary}
    shown = []
    for key in VALUES:
        value = "\n".join(lists[key]) if key in lists else str(getattr(fields, key) or "")
        reason = (
            "by hand" if case.article and case.article.edited and value != _converted(case, key) else read.get(key, "")
        )
        shown.append(
            {
                "key": key,
                "value": value,
                "is_list": key in lists,
                "reason": reason if value else "",
                "is_long": key in lists or key == "author_note",
            }
        )
    return shown


def _converted(case: Case, key: str) -> str:
    fields = case.conversion.fields
    lists = {"author": fields.authors, "tags": fields.tags, "summary": fields.summary}
    return "\n".join(lists[key]) if key in lists else str(getattr(fields, key) or "")


def _said(problem: Problem) -> str:
    return f"{problem.message} – {problem.hint}" if problem.hint else problem.message


def _told(status: HTTPStatus, message: str, *, is_changed: bool = True) -> Answer:
    return Answer(status, "application/json", json.dumps({"message": message, "changed": is_changed}).encode())
