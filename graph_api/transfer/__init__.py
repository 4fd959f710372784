"""Files in and out, one module a format."""

from graph_api.transfer.batches import ImportBrokenOffError, Stage
from graph_api.transfer.document import Document
from graph_api.transfer.exporting import Exported, Format, export
from graph_api.transfer.files import load
from graph_api.transfer.importing import ImportReport, import_paths
from graph_api.transfer.imports import Import, imports, revert_import
from graph_api.transfer.places import FileFault, ImportRefusedError, Place
from graph_api.transfer.seeds import REAL_SEEDS, seed_paths

__all__ = [
    "REAL_SEEDS",
    "Document",
    "Exported",
    "FileFault",
    "Format",
    "Import",
    "ImportBrokenOffError",
    "ImportRefusedError",
    "ImportReport",
    "Place",
    "Stage",
    "export",
    "import_paths",
    "imports",
    "load",
    "revert_import",
    "seed_paths",
]
