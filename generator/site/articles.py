"""The values of an article's page: everything but its text, which is read only when the page is made."""

from dataclasses import replace
from typing import Any

from generator.model.articles import Access, Article
from generator.model.catalogue import Holding, folded
from generator.settings import Settings
from generator.site.cards import Cards
from generator.site.citations import citation, origin
from generator.site.metadata import meta_tags
from generator.site.provenance import facts
from generator.site.views import Card, NamedLink
from generator.site.words import date_words, language_name

WORDS_A_MINUTE = 220
_RELATED = 4
_MOST_CONSIDERED = 200


def article_values(holding: Holding, earlier: Holding | None, later: Holding | None, cards: Cards, settings: Settings) -> dict[str, Any]:
    """What `article.html` or `record.html` gets, but for the rendered text and headings."""
    if not holding.article.is_open:
        holding = Holding(withheld(holding.article), holding.path)
    article = holding.article
    fields = article.fields
    url = settings.base_url + holding.path if settings.base_url else ""
    published = origin(article)
    language = fields.language or settings.language
    return {
        "article": article,
        "holding": holding,
        "description": description(holding),
        "authors": tuple(cards.link("authors", name) for name in fields.authors),
        "sources": tuple((cards.link("sources", source.name, source.url), source.role.value) for source in fields.sources),
        "tags": tuple(cards.link("tags", name) for name in fields.tags),
        "minutes": max(1, round(article.words / WORDS_A_MINUTE)) if article.is_open else 0,
        "facts": facts(article),
        "original": NamedLink(published.name, "", published.url) if published else None,
        "previous": cards.of(earlier) if earlier else None,
        "next": cards.of(later) if later else None,
        "related": related(holding, cards),
        "files": (
            NamedLink("Markdown", holding.path + "index.md"),
            NamedLink("BibTeX", holding.path + "cite.bib"),
            NamedLink("RIS", holding.path + "cite.ris"),
            NamedLink("CSL-JSON", holding.path + "cite.json"),
        ),
        "search_facets": search_facets(holding, settings),
        "sort_date": sort_date(holding),
        "meta_tags": meta_tags(holding, description(holding), url, settings.name),
        "citation": citation(holding, url, settings.name, date_words(fields.date, language)),
    }


def withheld(article: Article) -> Article:
    """The article without anything of its text, as a record or a withdrawn article is shown."""
    fields = replace(article.fields, summary=(), image_credits="", author_note="", extra=())
    return replace(article, fields=fields, excerpt="", words=0)


def description(holding: Holding) -> str:
    """What the article says, in one or two sentences of its own (of a record: of ours)."""
    fields = holding.article.fields
    if fields.access is not Access.OPEN:
        return fields.abstract
    return fields.abstract or fields.subtitle or " ".join(fields.summary[:1]) or holding.article.excerpt


def search_facets(holding: Holding, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The (filter, value) pairs under which search finds the article."""
    fields = holding.article.fields
    pairs = [("author", name) for name in fields.authors] or [("author", "Unknown")]
    pairs.append(("year", f"{holding.year:04d}" if holding.year is not None and holding.year >= 0 else "Undated"))
    pairs += [("source", source.name) for source in fields.sources]
    pairs += [("tag", tag) for tag in fields.tags]
    if fields.language:
        pairs.append(("language", language_name(fields.language, settings.language)))
    return tuple(dict.fromkeys(pairs))


def sort_date(holding: Holding) -> str:
    """A text that sorts as the date does; the undated sort before all others."""
    date = holding.article.fields.date
    if date is None or holding.year is None:
        return "0000-00-00"
    year, month, day = date.order
    return f"{max(year, 0):04d}-{month:02d}-{day:02d}"


def related(holding: Holding, cards: Cards) -> tuple[Card, ...]:
    """Articles that share most with this one: sources count three, tags two, an author one; ties go by address.

    A source or tag that very many articles share says little, and only its newest articles are considered.
    """
    scores: dict[str, float] = {}
    found: dict[str, Holding] = {}
    fields = holding.article.fields
    named = [("sources", source.name, 3) for source in fields.sources]
    named += [("tags", tag, 2) for tag in fields.tags]
    named += [("authors", name, 1) for name in fields.authors]
    for kind, name, weight in named:
        facet = cards.facets[kind].get(folded(name))
        members = facet.holdings if facet else ()
        for other in members[:_MOST_CONSIDERED]:
            if other.path != holding.path:
                scores[other.path] = scores.get(other.path, 0.0) + weight / len(members)
                found[other.path] = other
    best = sorted(scores, key=lambda path: (-scores[path], path))[:_RELATED]
    return tuple(cards.of(found[path]) for path in best)
