"""The values of an article's page: what depends on the rest of the archive is planned, the rest is derived when shown."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.locale import texts
from generator.model.articles import Access, Article
from generator.model.catalogue import Catalogue, Holding, KeeperPage, folded
from generator.settings import Settings
from generator.site.addresses import Addresses, cited_by
from generator.site.cards import Cards
from generator.site.citation_styles import citations
from generator.site.citations import origin
from generator.site.metadata import json_ld, meta_tags
from generator.site.provenance import facts
from generator.site.views import HeldLink, NamedLink, Text
from generator.site.words import decade_name, language_name

WORDS_A_MINUTE = 220
_QUOTED = re.compile(r"[:,]?\s*(?:'.*'|\".*\"|“.*”|‘.*’|«.*»|„.*[“”])\s*", re.S)


@dataclass(frozen=True, slots=True)
class Links:
    """What links what: `held` gives, by the path of a content file, its links to things held here; `citing` gives, by
    the path of an article, the articles that link to it."""

    held: dict[str, tuple[HeldLink, ...]]
    citing: dict[str, tuple[Holding, ...]]

    def of(self, source: str) -> tuple[HeldLink, ...]:
        """The links of a content file."""
        return self.held.get(source, ())


def links_between(
    catalogue: Catalogue, keeper_pages: Iterable[KeeperPage], media: Mapping[str, str], base_url: str
) -> Links:
    """All links of the archive's texts to its own articles, pages and pictures (`media`: file to path on the site)."""
    pages = tuple(keeper_pages)
    texts_with_links = [(holding.source, holding.links) for holding in catalogue.holdings if holding.links]
    texts_with_links += [(page.source, page.links) for page in pages if page.links]
    if not texts_with_links:
        return Links({}, {})
    addresses = Addresses(catalogue, pages, media, base_url)
    held = {source: found for source, links in texts_with_links if (found := addresses.resolve_all(links, source))}
    return Links(held, cited_by(held, catalogue.holdings))


def article_values(
    holding: Holding, earlier: Holding | None, later: Holding | None, cards: Cards, links: Links
) -> dict[str, Any]:
    """What of an article's page depends on more than the article itself."""
    holding = shown_holding(holding)["holding"]
    fields = holding.article.fields
    return {
        "holding": holding,
        "authors": tuple(cards.link("authors", name) for name in fields.authors),
        "sources": tuple(
            (cards.link("sources", source.name, source.url), source.role.value) for source in fields.sources
        ),
        "tags": tuple(cards.link("tags", name) for name in fields.tags),
        "previous": cards.of(earlier) if earlier else None,
        "next": cards.of(later) if later else None,
        "related": tuple(cards.of(cards.at(path)) for path in cards.related.of(holding)),
        "cited_by": cards.all_of(links.citing.get(holding.path, ())),
        "links": links.of(holding.article.path) if holding.article.is_open else (),
    }


def shown_holding(holding: Holding) -> dict[str, Any]:
    """What the files beside an article's page are made from: nothing of a text that is withheld."""
    return {"holding": holding if holding.article.is_open else Holding(withheld(holding.article), holding.path)}


def shown_values(holding: Holding, text: Text | None, settings: Settings) -> dict[str, Any]:
    """What of an article's page follows from the article and the settings; `text` is its text, unless it is withheld."""
    article = holding.article
    url = settings.base_url + holding.path if settings.base_url else ""
    about = description(holding)
    published = origin(article)
    picture = text.pictures[0] if text and text.pictures else ("", "")
    styles = citations(holding, url, settings.name)
    return {
        "article": article,
        "description": about,
        "minutes": max(1, round(article.words / WORDS_A_MINUTE)) if article.is_open else 0,
        "facts": facts(article, settings.language),
        "original": NamedLink(published.name, "", published.url) if published else None,
        "files": (
            NamedLink("Markdown", holding.path + "index.md"),
            NamedLink("BibTeX", holding.path + "cite.bib"),
            NamedLink("RIS", holding.path + "cite.ris"),
            NamedLink("CSL-JSON", holding.path + "cite.json"),
        ),
        "search_facets": search_facets(holding, settings),
        "sort_date": sort_date(holding),
        "meta_tags": meta_tags(holding, about, url, settings, picture),
        "json_ld": json_ld(holding, about, url, settings, picture),
        "citation": styles[0][1],
        "citations": styles,
    }


def withheld(article: Article) -> Article:
    """The article without anything of its text, as a record or a withdrawn article is shown.

    A reason that quotes the capture ("inferred from line 2: '…'") keeps the line and loses the quotation.
    """
    fields = replace(article.fields, summary=(), image_credits="", author_note="", extra=())
    provenance = article.provenance
    if provenance is not None:
        read = tuple((key, _QUOTED.sub("", reason)) for key, reason in provenance.read)
        provenance = replace(provenance, read=read)
    return replace(article, fields=fields, provenance=provenance, excerpt="", words=0, links=())


def description(holding: Holding) -> str:
    """What the article says, in one or two sentences of its own (of a record: of ours)."""
    fields = holding.article.fields
    if fields.access is not Access.OPEN:
        return fields.abstract
    return fields.abstract or fields.subtitle or " ".join(fields.summary[:1]) or holding.article.excerpt


def search_facets(holding: Holding, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The (filter, value) pairs under which search finds the article, in the words of the interface."""
    fields = holding.article.fields
    say = texts(settings.language).gettext
    one_author = {folded(other): name for other, name in settings.one_author}
    pairs = [("author", one_author.get(folded(name), name)) for name in fields.authors] or [("author", say("Unknown"))]
    pairs += [("source", source.name) for source in fields.sources]
    pairs += [("tag", tag) for tag in fields.tags]
    year = holding.year
    if year is None or year < 0:
        pairs += [("year", say("Undated")), ("decade", say("Undated"))]
    else:
        pairs += [("year", f"{year:04d}"), ("decade", decade_name(year, settings.language))]
    pairs.append(("certainty", _certainty(holding, say)))
    if fields.language:
        pairs.append(("language", language_name(fields.language, settings.language)))
    return tuple(dict.fromkeys((facet, _filterable(value)) for facet, value in pairs))


def _filterable(value: str) -> str:
    """A value as Pagefind can be asked for it: it reads no escapes, so a straight quotation mark ends a value."""
    value = re.sub(r'"(?=\w)', "“", value).replace('"', "”")
    return value.replace("\\", "＼")


def _certainty(holding: Holding, say: Callable[[str], str]) -> str:
    date = holding.article.fields.date
    if date is None:
        return say("Undated")
    if not date.is_certain:
        return say("Approximate date")
    return say("Exact day") if date.is_day else say("Year or month")


def sort_date(holding: Holding) -> str:
    """A text that sorts as the date does; the undated sort before all others."""
    date = holding.article.fields.date
    if date is None or holding.year is None:
        return "0000-00-00"
    year, month, day = date.order
    return f"{max(year, 0):04d}-{month:02d}-{day:02d}"
