"""Where a plan is made: what a site is planned from, and how a planned page gets its key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from operator import attrgetter
from typing import Any

from generator.model.catalogue import Catalogue, Holding, KeeperPage, Picture
from generator.model.pages import Page
from generator.settings import Settings
from generator.site.articles import Links
from generator.site.cards import Cards
from generator.site.keys import Keys
from generator.site.templates import Templates

Make = Callable[[], Mapping[str, Any]]
"""Makes the values of a page, when the page is made."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a site is planned from."""

    catalogue: Catalogue
    keeper_pages: tuple[KeeperPage, ...]
    pictures: tuple[Picture, ...]
    settings: Settings


@dataclass(slots=True)
class Desk:
    """The values every planning function needs."""

    content: Content
    templates: Templates
    keys: Keys
    cards: Cards
    links: Links
    _digests: dict[tuple[str, int], tuple[Sequence[Holding], str]] = field(default_factory=dict)

    def page(self, path: str, maker: str, values: Mapping[str, Any], claimant: str, digest: str = "") -> Page:
        """A page made by a template or a writer; the key covers all its values and the maker's digest."""
        maker_digest = digest or self.templates.digest(maker)
        return Page(path, maker, dict(values), claimant, self.keys.of(path, maker, maker_digest, values))

    def later(
        self, path: str, maker: str, make: Make, claimant: str, inputs: Iterable[str], *, digest: str = ""
    ) -> Page:
        """A page whose values are made only if it is; `inputs` are all that they follow from, but for the settings."""
        key = self.keys.of_inputs(path, maker, digest or self.templates.digest(maker), inputs)
        return Page(path, maker, make, claimant, key)

    def roll(
        self, path: str, maker: str, holdings: tuple[Holding, ...], claimant: str, *, counts_words: bool = False
    ) -> Page:
        """A page that states every article of some holdings; its key covers their fronts, and their words if it says
        how many there are."""
        inputs = [self.fronts_of(holdings)]
        if counts_words:
            inputs.append(self.words_of(holdings))
        return self.later(path, maker, partial(dict, holdings=holdings), claimant, inputs, digest="1")

    def files_of(self, holdings: Sequence[Holding]) -> str:
        """A digest of the articles' files and addresses: of all that can be said of them and shown of their texts."""
        return self._digest("files", holdings, lambda holding: holding.mark + holding.sha256)

    def fronts_of(self, holdings: Sequence[Holding]) -> str:
        """A digest of what listings show of the articles: it stays when only their texts change."""
        return self._digest("fronts", holdings, attrgetter("mark"))

    def words_of(self, holdings: Sequence[Holding]) -> str:
        """A digest of how many words the articles have."""
        return self._digest("words", holdings, lambda holding: str(holding.words))

    def _digest(self, kind: str, holdings: Sequence[Holding], of: Callable[[Holding], str]) -> str:
        known = self._digests.get((kind, id(holdings)))
        if known is None:
            lines = " ".join(map(of, holdings))
            # The holdings are kept beside their digest: an id is only its own while they live.
            known = self._digests[kind, id(holdings)] = (
                holdings,
                sha256(lines.encode()).hexdigest(),
            )
        return known[1]
