"""Files in and out, one module a format."""

from graph_api.transfer.document import Document
from graph_api.transfer.files import load
from graph_api.transfer.importing import ImportReport, import_paths
from graph_api.transfer.places import FileFault, ImportRefusedError, Place
from graph_api.transfer.seeds import seed_paths

__all__ = [
    "Document",
    "FileFault",
    "ImportRefusedError",
    "ImportReport",
    "Place",
    "import_paths",
    "load",
    "seed_paths",
]
