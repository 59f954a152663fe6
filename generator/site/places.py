"""Where templates lie: an archive's own folder before the one that comes with Pressmark."""

from pathlib import Path


def bundled_templates() -> Path:
    """The folder of the templates that come with Pressmark: inside the wheel, or at the top of a checkout."""
    inside = Path(__file__).parent.parent / "bundled" / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "templates"


def template_folders(root: Path) -> list[Path]:
    """The folders in which an archive's templates are looked for, in this order."""
    own, bundled = root / "templates", bundled_templates()
    return [own, bundled] if own.is_dir() and own.resolve() != bundled.resolve() else [bundled]
