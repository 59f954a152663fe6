"""Where a plan is made: what a site is planned from, and how a planned page gets its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.catalogue import Catalogue, Holding, KeeperPage, Picture
from generator.model.pages import Page
from generator.settings import Settings
from generator.site.articles import Links
from generator.site.cards import Cards
from generator.site.keys import Keys
from generator.site.templates import Templates


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

    def page(self, path: str, maker: str, values: Mapping[str, Any], claimant: str, digest: str = "") -> Page:
        """A page made by a template or a writer; the key covers all its values and the maker's digest."""
        maker_digest = digest or self.templates.digest(maker)
        return Page(path, maker, dict(values), claimant, self.keys.of(path, maker, maker_digest, values))

    def roll(self, path: str, maker: str, holdings: tuple[Holding, ...], claimant: str) -> Page:
        """A page that states every article of some holdings; its key covers their files and addresses."""
        keyed = {"files": tuple((holding.path, holding.article.sha256) for holding in holdings)}
        return Page(path, maker, {"holdings": holdings}, claimant, self.keys.of(path, maker, "1", keyed))
