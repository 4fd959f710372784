"""The embedded Neo4j: the real one, as a child process, for those who bring neither a Neo4j, nor Docker, nor Java."""

from graph_api.store.engine.session import Phase, Session, Status, running, start_detached, status, stop

__all__ = ["Phase", "Session", "Status", "running", "start_detached", "status", "stop"]
