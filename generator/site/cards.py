"""From holdings to the small values that listings show; each is made once in a plan and shared."""

from functools import partial
from typing import cast

from generator.model.articles import Access, Role
from generator.model.catalogue import Catalogue, Facet, Holding, folded
from generator.site.related import Known, Related
from generator.site.views import Card, LateCard, NamedLink


class Cards:
    """The cards of a catalogue by the path of their holding, and the pages of its names.

    Where the `edition` is given, all that cards follow from beside the marks of their articles, they are made late.
    """

    def __init__(self, catalogue: Catalogue, related: Known | None = None, edition: str = "") -> None:
        self._edition = edition
        self.facets: dict[str, dict[str, Facet]] = {
            kind: {key: facet for facet in facets for key in (*facet.others, folded(facet.name))}
            for kind, facets in catalogue.facets.items()
        }
        self._cards: dict[int, Card] = {}
        self._holdings = {holding.path: holding for holding in catalogue.holdings}
        self.marks = {holding.path: holding.mark for holding in catalogue.holdings}
        self.related = Related(self.facets, related)

    def of(self, holding: Holding) -> Card:
        """The card of a holding."""
        card = self._cards.get(id(holding))
        if card is None:
            card = self._cards[id(holding)] = self._late(holding) if self._edition else self._made(holding)
        return card

    def _late(self, holding: Holding) -> Card:
        return cast(Card, LateCard(f"{holding.mark} {self._edition}", holding.path, partial(self._made, holding)))

    def all_of(self, holdings: tuple[Holding, ...]) -> tuple[Card, ...]:
        """The cards of several holdings, in their order."""
        return tuple(self.of(holding) for holding in holdings)

    def at(self, path: str) -> Holding:
        """The holding whose page stands at a path."""
        return self._holdings[path]

    def link(self, kind: str, name: str, url: str = "") -> NamedLink:
        """A name with the page that lists what is held under it."""
        facet = self.facets[kind].get(folded(name))
        return NamedLink(name, facet.path if facet else "", url)

    def _made(self, holding: Holding) -> Card:
        fields = holding.article.fields
        is_open = fields.access is Access.OPEN
        excerpt = fields.summary[0] if fields.summary else holding.article.excerpt
        return Card(
            title=fields.title,
            subtitle=fields.subtitle,
            path=holding.path,
            date=fields.date,
            authors=tuple(self.link("authors", name) for name in fields.authors),
            publication=next((source.name for source in fields.sources if source.role is Role.ORIGIN), ""),
            tags=tuple(self.link("tags", name) for name in fields.tags),
            # The text of a record is not ours to show, not even its beginning.
            excerpt=_shortened(excerpt) if is_open else fields.abstract,
            language=fields.language,
            access=fields.access,
        )


def _shortened(text: str) -> str:
    if len(text) <= 300:
        return text
    return text[:300].rsplit(" ", 1)[0].rstrip(",;:") + " …"
