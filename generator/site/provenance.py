"""What an article's page says about where each of its values comes from."""

import re

from generator.locale import texts
from generator.model.articles import Article
from generator.site.views import Fact
from generator.site.words import date_words, number

_SHOWN = (
    "title",
    "subtitle",
    "author",
    "date",
    "updated",
    "language",
    "sources",
    "tags",
    "summary",
    "image_credits",
    "author_note",
)


def facts(article: Article, language: str) -> tuple[Fact, ...]:
    """The capture, its fingerprint, and how each value was found, in a fixed order."""
    provenance = article.provenance
    rows: list[Fact] = []
    if provenance is not None:
        rows.append(Fact("capture", provenance.file, "", ""))
        if provenance.date:
            rows.append(Fact("captured", date_words(provenance.date, language), "", ""))
        if provenance.sha256:
            rows.append(Fact("sha256", provenance.sha256, "", ""))
    read = dict(provenance.read) if provenance else {}
    for key in _SHOWN:
        value = _value(article, key, language)
        if value:
            rows.append(_fact(key, value, read.get(key, "")))
        elif key in ("author", "date"):
            rows.append(Fact(key, "", "", read.get(key, "")))
    return tuple(rows)


def _fact(key: str, value: str, reason: str) -> Fact:
    if not reason:
        return Fact(key, value, "by hand", "")
    how = "inferred" if re.match(r"inferred|guessed|about", reason) else "read"
    return Fact(key, value, how, reason)


def _value(article: Article, key: str, language: str) -> str:
    fields = article.fields
    if key == "author":
        return "; ".join(fields.authors)
    if key == "sources":
        return "; ".join(source.name for source in fields.sources)
    if key == "tags":
        return ", ".join(fields.tags)
    if key == "summary":
        count = len(fields.summary)
        words = texts(language).ngettext("%(count)s key point", "%(count)s key points", count)
        return words % {"count": number(count, language)} if count else ""
    value = getattr(fields, key)
    text = value.text if hasattr(value, "text") else str(value or "")
    return text if key in ("title", "date", "updated", "language") or not text else texts(language).gettext("given")
