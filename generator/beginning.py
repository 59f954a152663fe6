"""`new`: an archive of its own, ready to be built; nothing that is already there is touched."""

from pathlib import Path

from generator.problems import Problem, Refusal

_FILES = Path(__file__).parent / "bundled" / "new"
_DOTTED = {"gitignore": ".gitignore", "github": ".github"}
"""Names that packaging tools pass over, kept without their dot."""


def new_archive(folder: Path) -> tuple[str, ...]:
    """Makes an archive in an empty or absent folder; gives the paths it wrote, in order; raises Refusal."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(Problem(str(folder), "is not an empty folder", "choose a new name; nothing was written"))
    written = []
    try:
        for source in sorted(file for file in _FILES.rglob("*") if file.is_file()):
            first, *rest = source.relative_to(_FILES).parts
            inner = Path(_DOTTED.get(first, first), *rest)
            target = folder / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
            written.append(inner.as_posix())
    except OSError as error:
        raise Refusal(
            Problem(str(folder), f"cannot be written: {error.strerror}", "check the folder's permissions")
        ) from None
    return tuple(written)
