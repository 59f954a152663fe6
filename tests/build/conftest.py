"""What the tests of builds share: trees as values, a clean build elsewhere, and a site that serves at any moment."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SOAK = bool(os.environ.get("PRESSMARK_SOAK"))


def tree_of(site: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees differ, with what is the matter."""
    found = [f"only in the first: {path}" for path in one.keys() - other.keys()]
    found += [f"only in the second: {path}" for path in other.keys() - one.keys()]
    return sorted(found + [f"differs: {path}" for path in one.keys() & other.keys() if one[path] != other[path]])


def built_clean(root: Path, elsewhere: Path, **options: object) -> dict[str, bytes]:
    """What a clean build of a copy of the archive gives, in another folder."""
    from generator.build import Options, build

    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("site", ".pressmark"))
    build(elsewhere, Options(**{"jobs": 1, **options}))  # type: ignore[arg-type]
    return tree_of(elsewhere / "site")


def broken_files(site: Path) -> list[str]:
    """Files of a site that a reader could be served and that are not whole."""
    broken = []
    for path, data in tree_of(site).items():
        name = path.rpartition("/")[2]
        if name.endswith(".pressmark-unfinished"):
            continue
        if name.endswith(".html"):
            whole = data.rstrip().endswith(b"</html>")
        elif name.endswith((".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment")):
            whole = gzip.decompress(data).startswith(b"pagefind_dcd")
        elif name.endswith(".json"):
            whole = json.loads(data) is not None
        else:
            whole = True
        if not whole:
            broken.append(path)
    return broken + _missing_of_the_index(site / "search" / "index")


def _missing_of_the_index(bundle: Path) -> list[str]:
    """What the entry of the search index leads to, step by step, and is not there."""
    from generator.search.cbor import decoded

    if not (bundle / "pagefind-entry.json").exists():
        return []
    entry = json.loads((bundle / "pagefind-entry.json").read_bytes())
    (about,) = entry["languages"].values()
    meta = bundle / f"pagefind.{about['hash']}.pf_meta"
    if not meta.exists():
        return [meta.name]
    _, pages, chunks, filters, _, _ = decoded(gzip.decompress(meta.read_bytes())[12:])
    wanted = [bundle / "fragment" / f"{page[0]}.pf_fragment" for page in pages]
    wanted += [bundle / "index" / f"{chunk[2]}.pf_index" for chunk in chunks]
    wanted += [bundle / "filter" / f"{name}.pf_filter" for _, name in filters]
    return [file.name for file in wanted if not file.exists()]


@pytest.fixture
def few_in_a_shard(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lets small archives have several search shards."""
    from generator.search import shards

    monkeypatch.setattr(shards, "LIMIT", 4)
    return 4


@pytest.fixture
def small_archive(tmp_path: Path) -> Callable[[int], Path]:
    """Makes an archive of invented articles, as those that are measured with."""

    def make(count: int) -> Path:
        from benchmarks.corpus import write_archive

        root = tmp_path / "archive"
        write_archive(root, count)
        return root

    return make
