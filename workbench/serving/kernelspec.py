"""The one kernel of this server: Python as it runs here, forked when it can be."""

from __future__ import annotations

import sys

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

KERNEL = "python3"
FORK_PROVISIONER = "workbench-fork"


class WorkbenchKernelSpecs(KernelSpecManager):
    """Knows a single kernel, whatever else is installed; nothing is installed for it."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Give the one name, with ipykernel's own resources."""
        return {KERNEL: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the specification, with the fork server as its provisioner on Linux."""
        if kernel_name != KERNEL:
            raise NoSuchKernel(kernel_name)
        forked = {"kernel_provisioner": {"provisioner_name": FORK_PROVISIONER}}
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            resource_dir=RESOURCES,
            metadata=forked if sys.platform == "linux" else {},
        )
