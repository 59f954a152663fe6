"""`check` and `verify`: every problem of an archive and of its built site, gathered from all rooms of the house."""

from collections import defaultdict
from pathlib import Path

from generator import __version__
from generator.build import SITE, STATE, Options, effective_settings, read_content
from generator.importing import seed_files
from generator.keeping.fixity import verify_captures, verify_site
from generator.keeping.links import check_links
from generator.model.catalogue import Catalogue, folded
from generator.problems import Problem
from generator.publishing.record import Record
from generator.site.plan import plan
from generator.site.templates import Templates


def check(root: Path, site: Path | None = None) -> tuple[Problem, ...]:
    """All problems of the archive in `root` and of its built site (default `site/`), in a fixed order."""
    settings, problems = effective_settings(root, Options())
    content, more = read_content(root, settings)
    problems += more
    pages, more = plan(content, Templates(root), __version__)
    problems += more
    problems += _duplicates(content.catalogue)
    problems += _lost_captures(root, content.catalogue)
    folder = site or root / SITE
    if not folder.is_dir():
        return (*problems, Problem(str(folder), "there is no built site to check", "run `pressmark build` first"))
    problems += _vanished(root, {page.address for page in pages})
    return (*problems, *check_links(folder, settings.base_path))


def verify(root: Path, site: Path | None = None) -> tuple[int, tuple[Problem, ...]]:
    """Fixity of the site's files against its manifest and of the captures against the articles."""
    settings, _ = effective_settings(root, Options())
    agree, problems = verify_site(site or root / SITE)
    content, _ = read_content(root, settings)
    expected = [
        (holding.article.path, holding.article.provenance.file, holding.article.provenance.sha256)
        for holding in content.catalogue.holdings
        if holding.article.provenance and holding.article.provenance.file
    ]
    captures, more = verify_captures(root, sorted(expected))
    return agree + captures, problems + more


def _duplicates(held: Catalogue) -> tuple[Problem, ...]:
    """Articles from the same capture, from captures with the same bytes, or with the same title, author and date."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for holding in held.holdings:
        fields, provenance = holding.article.fields, holding.article.provenance
        groups[
            "the same title, authors and date", folded(fields.title), *map(folded, fields.authors), str(fields.date)
        ].append(holding.article.path)
        if provenance and provenance.sha256:
            groups["a capture with the same bytes", provenance.sha256].append(holding.article.path)
    problems: dict[tuple[str, str], Problem] = {}
    for key, paths in groups.items():
        for path in sorted(paths)[1:]:
            first = sorted(paths)[0]
            hint = "keep one, or tell them apart by title or date"
            problems.setdefault((first, path), Problem(path, f"has {key[0]} as {first}", hint))
    return tuple(problems[pair] for pair in sorted(problems))


def _lost_captures(root: Path, held: Catalogue) -> tuple[Problem, ...]:
    present = set(seed_files(root))
    return tuple(
        Problem(
            holding.article.path,
            f"its capture {holding.article.provenance.file} is not there",
            "restore it from a copy",
        )
        for holding in sorted(held.holdings, key=lambda holding: holding.article.path)
        if holding.article.provenance
        and holding.article.provenance.file
        and holding.article.provenance.file not in present
    )


def _vanished(root: Path, addresses: set[str]) -> tuple[Problem, ...]:
    """Permalinks that once were published and that no page and no alias answers now."""
    with Record(root / STATE) as record:
        gone = sorted(record.addresses() - addresses)
    hint = "give the article that moved a line aliases: [/{0}], or make it access: withdrawn instead of removing it"
    return tuple(Problem(f"/{path}", "was published once and leads nowhere now", hint.format(path)) for path in gone)
