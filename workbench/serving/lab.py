"""JupyterLab beside the pages: a process of its own, a key of its own, no word to anybody outside."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from workbench.serving.processes import Child, end_with_parent
from workbench.serving.state import kernel_transport, make_private

START = "notebooks/00_start.ipynb"
# Nobody is asked whether news of Jupyter, or of its next version, may be fetched from elsewhere: they are not.
UNASKED = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


@dataclass
class Lab:
    """One JupyterLab over a repository.

    Attributes
    ----------
    root : Path
        The repository: all that its file browser shows.
    state : Path
        Private folder for its settings and its log.
    study : str
        The study its kernels open.
    port : int
        On 127.0.0.1.
    """

    root: Path
    state: Path
    study: str
    port: int
    token: str = field(default_factory=secrets.token_hex, repr=False)

    @property
    def url(self) -> str:
        """Where it opens, with the key."""
        return f"http://127.0.0.1:{self.port}/lab/tree/{START}?token={self.token}"

    @property
    def runtime(self) -> Path:
        """Where its kernels' sockets and keys lie: a short path, for sockets have no room for a long one."""
        return self.state / "run"

    def start(self) -> Child:
        """Start it; end it with the child's ``stop``."""
        config = make_private(self.state / "jupyter")
        (config / "jupyter_lab_config.json").write_text(json.dumps(self.settings()), encoding="utf-8")
        defaults = make_private(config / "labconfig") / "default_setting_overrides.json"
        defaults.write_text(json.dumps(UNASKED), encoding="utf-8")
        env = os.environ | {
            "JUPYTER_CONFIG_DIR": str(config),
            "JUPYTER_RUNTIME_DIR": str(make_private(self.runtime)),  # not the home, where a kill leaves the key
            "JUPYTER_TOKEN": self.token,  # an argument could be read by other users of the machine
            "WORKBENCH_STUDY": self.study,
        }
        return Child(__name__, [], env=env, log=self.state / "lab.log")

    def settings(self) -> dict[str, dict[str, object]]:
        """Give what Jupyter is configured with."""
        return {
            "ServerApp": {
                "ip": "127.0.0.1",
                "port": self.port,
                "port_retries": 0,
                "open_browser": False,
                "root_dir": str(self.root),
                "default_url": f"/lab/tree/{START}",
                "allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
            },
            # Each of these three would ask a server elsewhere.
            "LabApp": {
                "news_url": None,
                "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
                "extension_manager": "readonly",
            },
            "KernelManager": {"transport": kernel_transport(self.runtime)},
            "MappingKernelManager": {"default_kernel_name": "python3"},
        }


def main() -> None:
    """Run JupyterLab in this process; it ends when the one that started it ends."""
    end_with_parent(int(os.environ.pop("WORKBENCH_PARENT", "0")))
    from jupyterlab.labapp import main as run  # noqa: PLC0415 -- slow, and only wanted in the child

    run([])


if __name__ == "__main__":
    main()
