"""A keeper's own colours: custom properties that stand after the stylesheet, so that no page needs a style of its own."""

from generator.settings import BUNDLED_COLOURS, Theme


def custom_properties(theme: Theme) -> str:
    """CSS that sets the colours a keeper has named; empty when none are named.

    A colour that has no counterpart keeps the bundled one on the other page; an accent is lightened for the dark page.
    """
    rows = []
    for name, light, dark in theme.colours:
        if light or dark:
            lightened = f"color-mix(in oklab, {light} 55%, white)" if light and name == "accent" else ""
            night = dark or lightened or BUNDLED_COLOURS[f"{name}_dark"]
            rows.append(f"  --{name}: light-dark({light or BUNDLED_COLOURS[name]}, {night});\n")
    # Not for paper: the print style has colours of its own.
    return f"\n/* pressmark.toml, [theme] */\n@media screen {{\n:root {{\n{''.join(rows)}}}\n}}\n" if rows else ""
