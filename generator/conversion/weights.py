"""Learned weights: small readable tables of feature name and weight in `weights.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def weights(table: str) -> dict[str, float]:
    """One table of weights by feature name."""
    with Path(__file__).with_name("weights.toml").open("rb") as file:
        return {name: float(value) for name, value in tomllib.load(file)[table].items()}


def weigh(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The weighted sum of the features; above 0 is a yes."""
    return sum(value * table.get(name, 0.0) for name, value in features.items() if value)
