"""The data sets that come with the project."""

from pathlib import Path

from graph_api.settings import bundled

SEEDS = ("learn-to-drive", "veteran-transition")
"""In the order in which `make demo` loads them."""


def seed_paths() -> tuple[Path, ...]:
    """Return the folder of each seed, ready to be imported."""
    return tuple(bundled("seed") / name for name in SEEDS)
