"""What is seen of the service from outside: each operation in the log and in the metrics, and the page of these."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from graph_api.compile.gate import Gate
from graph_api.errors import GraphApiError
from graph_api.web.entry import Entry
from graph_api.web.faults import refuse_for
from graph_api.web.finished import Finished
from graph_api.web.logs import log_operation
from graph_api.web.metrics import Metrics


class Observation:
    """Tells the log and the metrics what happens; answers `/metrics`.

    `metrics` are those that the entry counts in too. `gate` is where heavy operations wait, `up` says whether Neo4j is
    there: asked whenever somebody wants to know.
    """

    def __init__(
        self, metrics: Metrics | None = None, *, gate: Gate | None = None, up: Callable[[], bool] = lambda: True
    ) -> None:
        self.metrics = metrics or Metrics()
        self._gate = gate
        self._up = up

    def finished(self, operation: Finished) -> None:
        """Tell that an operation, or a request that became none, has been answered."""
        log_operation(operation)
        self.metrics.count_operation(operation)

    async def show(self, request: Request, entry: Entry) -> Response:
        """Answer with the metrics, for those who may read."""
        try:
            await entry.identify(request)
        except GraphApiError as error:
            return refuse_for(error)
        self.metrics.neo4j_answers(self._up())
        if self._gate:
            self.metrics.heavy_operations(running=self._gate.inside, waiting=self._gate.waiting)
        media_type, text = self.metrics.render(request.headers.get("accept"))
        return Response(text, headers={"content-type": media_type, "cache-control": "no-store"})
