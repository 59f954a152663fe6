"""Which articles are shown beside an article: those that share most with it, near it in time.

Sources count three, tags two, an author one, each the less the more articles share it. Only an article's neighbours
under each name are considered: one more article then changes few others, however many share its tags.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.catalogue import Facet, Holding

SHOWN = 4
NEAR = 12
"""Neighbours considered under each name, on either side."""
_WEIGHTS = {"sources": 3, "tags": 2, "authors": 1}


@dataclass(slots=True)
class Known:
    """What an earlier plan found out: by the path of a name's page, a digest of the articles under that name; by the
    path of an article its mark and the paths of its related articles."""

    names: dict[str, str] = field(default_factory=dict)
    articles: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def take(self, related: "Related") -> None:
        """Learns what a later plan found out."""
        self.names, self.articles = related.digests, related.found


class Related:
    """The related articles of a catalogue; those of an earlier plan hold where the same names hold the same articles."""

    def __init__(self, facets: Mapping[str, Mapping[str, Facet]], earlier: Known | None = None) -> None:
        self._authors, self._sources, self._tags = (facets[kind] for kind in ("authors", "sources", "tags"))
        self._places: dict[str, tuple[list[str], dict[str, int]]] = {}
        self._earlier = earlier.articles if earlier else {}
        self._moved: set[str] = set()
        self.digests: dict[str, str] = {}
        self.found: dict[str, tuple[str, tuple[str, ...]]] = {}
        if earlier is not None:
            self._compare(earlier.names)

    def of(self, holding: Holding) -> tuple[str, ...]:
        """The paths of the articles related to this one, the nearest first; ties go by address."""
        path = holding.path
        known = self.found.get(path)
        if known is None:
            known = self._earlier.get(path)
            # An article's mark says whether it still stands under the same names.
            if known is None or known[0] != holding.mark or path in self._moved:
                known = (holding.mark, self._found(path, self._shared(holding)))
            self.found[path] = known
        return known[1]

    def _compare(self, earlier: Mapping[str, str]) -> None:
        """Finds the articles under names that do not hold the same articles in the same order as earlier."""
        for facets in (self._authors, self._sources, self._tags):
            for facet in facets.values():
                if facet.path not in self.digests:
                    members = "\n".join([facet.path, *[holding.path for holding in facet.holdings]])
                    digest = self.digests[facet.path] = hashlib.sha256(members.encode()).hexdigest()[:32]
                    if earlier.get(facet.path) != digest:
                        self._moved.update(holding.path for holding in facet.holdings)

    def _shared(self, holding: Holding) -> list[Facet]:
        facets = (("sources", self._sources), ("tags", self._tags), ("authors", self._authors))
        found = [known.get(name) for kind, known in facets for name, _, _ in holding.access_points(kind)]
        return [facet for facet in found if facet is not None]

    def _found(self, path: str, shared: list[Facet]) -> tuple[str, ...]:
        scores: dict[str, float] = {}
        score_of = scores.get
        for facet in shared:
            paths, places = self._placed(facet)
            place = places.get(path, 0)
            weight = _WEIGHTS[facet.kind] / len(paths)
            for other in paths[max(0, place - NEAR) : place + NEAR + 1]:
                scores[other] = score_of(other, 0.0) + weight
        scores.pop(path, None)
        if len(scores) > SHOWN:
            least = sorted(scores.values())[-SHOWN]
            scores = {other: score for other, score in scores.items() if score >= least}
        return tuple(sorted(scores, key=lambda other: (-scores[other], other))[:SHOWN])

    def _placed(self, facet: Facet) -> tuple[list[str], dict[str, int]]:
        """The paths of the articles under a name, and the place of each."""
        found = self._places.get(facet.path)
        if found is None:
            paths = [holding.path for holding in facet.holdings]
            found = self._places[facet.path] = paths, {path: place for place, path in enumerate(paths)}
        return found
