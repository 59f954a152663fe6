"""The stage of a build that brings the search index up to date, in the background of the others where it can be.

Pagefind begins with the shard of an edited article as soon as that article's page is published, in a process of its own,
while the other pages, the manifest and the record are made. What comes of it is published when its turn has come.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from generator.model.catalogue import Holding
from generator.problems import Problem, Refusal
from generator.publishing.record import Published
from generator.publishing.workers import LOW, Begun

if TYPE_CHECKING:
    from generator.index_shards import Bundle, MadeShard
    from generator.search.shards import Indexed
    from generator.stages import Bench


class IndexStage:
    """The search index of one build; use it as a context manager, which waits for what was begun."""

    def __init__(self, bench: "Bench", holdings: Sequence[Holding], kept: Collection[str], low: bool) -> None:
        self._bench, self._holdings, self._kept, self._low = bench, holdings, kept, low
        self._known: Mapping[str, Published] | None = None
        self._begun: Begun[dict[str, MadeShard]] | None = None

    def __enter__(self) -> "IndexStage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._begun is not None:
            from generator.index_shards import FRESH
            from generator.search.workplace import workplace

            self._begun.end()
            shutil.rmtree(workplace(self._bench.state / FRESH), ignore_errors=True)

    @property
    def is_wanted(self) -> bool:
        """Whether there is to be an index at all."""
        return self._bench.settings.search and self._bench.wishes.search

    def begin(self, published: Mapping[str, Published]) -> None:
        """Has a process begin with what changed; the articles' pages are `published`, others may not be yet."""
        bench = self._bench
        if not self.is_wanted or bench.wishes.search_later:
            return
        from generator.index_shards import index_early

        with suppress(Refusal):  # it is told when the index has its turn
            bundle = self._bundle()
            keys = bench.record.shard_keys(bench.out)
            known = self._all_known()

            def work(_: None) -> dict[str, "MadeShard"]:
                lower = LOW if self._low else 0
                return index_early(
                    bundle, self._indexed(known, published), (bench.state, keys), bench.workers.jobs, lower
                )

            self._begun = bench.workers.begin(work, None)

    def run(self, published: Mapping[str, Published]) -> tuple[dict[str, Published], int, tuple[Problem, ...]]:
        """The files of the search index, brought up to date; the number of articles indexed, and problems."""
        from generator.site.plan import SEARCH_BUNDLE

        bench = self._bench
        if not self.is_wanted:
            return {}, 0, ()
        known = self._all_known()
        before = {path: item for path, item in known.items() if path.startswith(SEARCH_BUNDLE)}
        if bench.wishes.search_later:
            return before, 0, ()
        from generator.indexing import bring_up_to_date

        try:
            bundle = self._bundle()
        except Refusal as refusal:
            return before, 0, refusal.problems
        articles = self._indexed(known, published)
        early = self._early if self._begun else dict
        index = bring_up_to_date(bundle, articles, before, bench.record, bench.workers, bench.look.changed, early)
        return index.files, index.indexed, index.problems

    def _all_known(self) -> Mapping[str, Published]:
        """What was published before this build; of the index, it is all that is until its turn has come."""
        if self._known is None:
            self._known = self._bench.known()
        return self._known

    def _early(self) -> Mapping[str, "MadeShard"]:
        found = self._begun.result() if self._begun else {}
        if not found and self._begun:
            self._begun.end()  # others are begun then
        return found

    def _bundle(self) -> "Bundle":
        from generator.index_shards import FRESH, Bundle
        from generator.search.pagefind import find_pagefind
        from generator.site.plan import SEARCH_BUNDLE

        bench = self._bench
        pagefind = find_pagefind(bench.settings.pagefind)
        return Bundle(bench.out, SEARCH_BUNDLE, bench.state / FRESH, pagefind, bench.settings.language)

    def _indexed(self, known: Mapping[str, Published], published: Mapping[str, Published]) -> "list[Indexed]":
        """The articles whose pages there are, as the search sees them."""
        from generator.search.shards import Indexed

        kept = frozenset(self._kept)
        articles = []
        for holding in self._holdings:
            path = holding.path + "index.html"
            page = published.get(path) or (known.get(path) if path in kept else None)
            if page is not None:
                dated = not holding.path.startswith("undated/") and holding.year is not None
                year, month = ((holding.year or 0), holding.month) if dated else (-1, 0)
                articles.append(Indexed(path, year, month, page.searched))
        return articles
