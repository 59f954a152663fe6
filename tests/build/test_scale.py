"""Work goes through the interface of `concurrent.futures`: whoever brings an executor, the bytes are the same."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.build import Options, build
from tests.build.conftest import built_clean, differences, tree_of

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """A copy of the archive that comes with Pressmark."""
    root = tmp_path / "bundled"
    root.mkdir()
    for name in ("seeds", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "pressmark.toml", root)
    return root


@pytest.fixture
def dask_executor() -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed", reason="Dask is in the dependency group `scale`")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor(retries=1)


@pytest.mark.filterwarnings("default")
def test_the_bundled_archive_on_a_dask_cluster(bundled: Path, dask_executor: Executor, tmp_path: Path) -> None:
    done = build(bundled, Options(), executor=dask_executor)
    assert done.rendered > 50
    assert done.problems == ()
    assert differences(tree_of(bundled / "site"), built_clean(bundled, tmp_path / "clean")) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_an_executor_of_the_standard_library(
    kind: Callable[..., Executor], small_archive: Callable[[int], Path], tmp_path: Path
) -> None:
    root = small_archive(15)
    with kind(2) as executor:
        build(root, Options(), executor=executor)
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.usefixtures("few_in_a_shard")
def test_the_number_of_jobs_changes_no_byte(small_archive: Callable[[int], Path], tmp_path: Path) -> None:
    root = small_archive(120)
    build(root, Options(jobs=3))
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
