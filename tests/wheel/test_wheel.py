"""The wheel carries all that an archive needs: made, unpacked elsewhere, and used as a newcomer would."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel built from a copy of the repository's sources."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("generator", "templates"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the wheel's program in a folder, without the repository in reach."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    program = (
        "import sys, generator.cli as c; assert c.__file__.startswith(sys.argv.pop(1)), c.__file__; sys.exit(c.main())"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(unpacked), *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_newcomer_makes_and_builds_an_archive_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    made = run(unpacked, tmp_path, "new", "my-archive")
    assert made.returncode == 0, made.stderr
    archive = tmp_path / "my-archive"
    assert (archive / ".github" / "workflows" / "publish.yml").is_file()

    built = run(unpacked, archive, "build")
    assert built.returncode == 0, built.stderr
    site = archive / "site"
    assert "Keeping a page is more than saving a file" in (site / "index.html").read_text("utf-8")
    assert (site / "assets" / "pressmark.css").is_file()
    assert (site / "search" / "index" / "pagefind.js").is_file()

    checked = run(unpacked, archive, "check")
    assert checked.returncode == 0, checked.stderr
    verified = run(unpacked, archive, "verify")
    assert verified.returncode == 0, verified.stderr


def test_a_second_new_in_the_same_place_writes_nothing(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    refused = run(unpacked, tmp_path, "new", "taken")
    assert refused.returncode == 2
    assert "is not an empty folder; choose a new name" in refused.stderr
    assert [file.name for file in (tmp_path / "taken").iterdir()] == ["mine.txt"]
