"""How does it get there? Made pages become the published folder, difference by difference."""
