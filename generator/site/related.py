"""Which articles are shown beside an article: those that share most with it, near it in time.

Sources count three, tags two, an author one, each the less the more articles share it. Only an article's neighbours
under each name are considered: one more article then changes few others, however many share its tags.
"""

import hashlib
from collections.abc import Mapping

from generator.model.catalogue import Facet, Holding, folded

SHOWN = 4
NEAR = 12
"""Neighbours considered under each name, on either side."""
_WEIGHTS = {"sources": 3, "tags": 2, "authors": 1}

Known = dict[str, tuple[str, tuple[str, ...]]]
"""By the path of an article: a digest of all that decides its related articles, and their paths."""


class Related:
    """The related articles of a catalogue; those of an earlier plan hold where the same names hold the same articles."""

    def __init__(self, facets: Mapping[str, Mapping[str, Facet]], earlier: Known | None = None) -> None:
        self._facets = facets
        self._earlier = dict(earlier or {})
        self._digests: dict[str, str] = {}
        self._places: dict[str, dict[str, int]] = {}
        self.known: Known = {}

    def of(self, holding: Holding) -> tuple[str, ...]:
        """The paths of the articles related to this one, the nearest first; ties go by address."""
        path = holding.path
        if path in self.known:
            return self.known[path][1]
        shared = self._shared(holding)
        digest = "".join([self._digest(facet) for facet in shared])
        known = self._earlier.get(path)
        if known is None or known[0] != digest:
            known = (digest, self._found(path, shared))
        self.known[path] = known
        return known[1]

    def _shared(self, holding: Holding) -> list[Facet]:
        fields = holding.article.fields
        named = [("sources", source.name) for source in fields.sources]
        named += [("tags", tag) for tag in fields.tags]
        named += [("authors", name) for name in fields.authors]
        found = (self._facets[kind].get(folded(name)) for kind, name in named)
        return [facet for facet in found if facet is not None]

    def _digest(self, facet: Facet) -> str:
        digest = self._digests.get(facet.path)
        if digest is None:
            members = "\n".join([facet.path, *[holding.path for holding in facet.holdings]])
            digest = self._digests[facet.path] = hashlib.sha256(members.encode()).hexdigest()[:16]
        return digest

    def _found(self, path: str, shared: list[Facet]) -> tuple[str, ...]:
        scores: dict[str, float] = {}
        for facet in shared:
            members = facet.holdings
            place = self._place(facet, path)
            weight = _WEIGHTS[facet.kind] / len(members)
            for other in members[max(0, place - NEAR) : place + NEAR + 1]:
                scores[other.path] = scores.get(other.path, 0.0) + weight
        scores.pop(path, None)
        return tuple(sorted(scores, key=lambda other: (-scores[other], other))[:SHOWN])

    def _place(self, facet: Facet, path: str) -> int:
        places = self._places.get(facet.path)
        if places is None:
            places = self._places[facet.path] = {holding.path: place for place, holding in enumerate(facet.holdings)}
        return places.get(path, 0)
