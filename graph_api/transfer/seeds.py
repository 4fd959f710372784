"""The data sets that come with the project."""

from pathlib import Path

from graph_api.settings import bundled

REAL_SEEDS = ("learn-to-drive", "veteran-transition")
"""Those made from public sources."""
SEEDS = ("demo", *REAL_SEEDS)
"""In the order in which `make demo` loads them."""


def seed_paths(*names: str) -> tuple[Path, ...]:
    """Return the folder of each seed, or of those that are named, ready to be imported."""
    return tuple(bundled("seed") / name for name in names or SEEDS)
