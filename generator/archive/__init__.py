"""What do we hold? The files of `content/` become articles, and articles become the catalogue."""
