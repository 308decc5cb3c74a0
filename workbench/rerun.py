"""Run notebooks from fresh kernels and keep their outputs as the reference that reviewers compare with."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.errors import WorkbenchError

# What must not matter is fixed all the same, so that a reference never depends on where it was made.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}

_VIEW = "application/vnd.jupyter.widget-view+json"  # of a widget that lived in the kernel; the words beside it stay


def run_notebook(path: Path) -> None:
    """Run one notebook in a fresh kernel and write it back with its outputs, stable byte for byte.

    Parameters
    ----------
    path : Path
        The notebook; its kernel starts in its folder.

    Raises
    ------
    WorkbenchError
        The file is no notebook, or a cell failed; the file is left as it was.
    """
    import nbformat  # noqa: PLC0415 - two seconds to import, and only this needs it

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise WorkbenchError(f"{path.name}: not a notebook that can be read ({error}). Cure: mend the path.") from None
    _execute(notebook, path)
    draft = path.with_suffix(".draft")
    nbformat.write(_stable(notebook), draft)
    draft.replace(path)


def _execute(notebook: Any, path: Path) -> None:
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    with TemporaryDirectory() as sockets:  # no port that others on the machine could read
        settings = Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/kernel"})
        client = NotebookClient(
            notebook, kernel_name="python3", timeout=300, record_timing=False, coalesce_streams=True, config=settings
        )
        try:
            client.execute(cwd=str(path.parent), env=os.environ | ENVIRONMENT)
        except CellExecutionError as error:
            raise WorkbenchError(f"{path.name}: a cell failed; the file is left as it was.\n{error}") from None


def _stable(notebook: Any) -> Any:
    """Strip what differs between runs: cell ids, kernel and language details, widget state, timings."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}} | {
        name: value for name, value in notebook.metadata.items() if name == "title"
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_VIEW, None)
    return notebook
