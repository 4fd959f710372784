"""When Python looks for dead objects that refer to each other in a circle.

It looks each time so many more objects were made than dropped, and now and then at all there are. The schema is
millions of objects that stay, and almost nothing here dies in a circle.
"""

import gc

STARTING = 1_000_000
SERVING = 50_000


def spare_the_start() -> None:
    """Hardly look while a process starts: to look at the schema again and again as it grows is a tenth of it."""
    gc.set_threshold(STARTING)


def spare_what_stays() -> None:
    """Look no more at what is there by now, and from now on not with each large answer."""
    gc.freeze()
    gc.set_threshold(SERVING)
