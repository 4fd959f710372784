"""Neo4j: the only layer that knows the driver."""

import sys

# The driver imports these where they are installed, for methods that nothing here calls. With the statistics they are,
# and would cost every command half a second. What is None among the modules cannot be imported.
_LEFT_OUT = [name for name in ("numpy", "pandas", "pyarrow") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_LEFT_OUT))  # type: ignore[arg-type] # see above
import neo4j  # noqa: E402, F401 - see above

for _name in _LEFT_OUT:
    del sys.modules[_name]
