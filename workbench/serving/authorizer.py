"""What a logged-in person may ask for: deny by default, and one's own kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

from workbench.access.rules import What, may
from workbench.serving.guard import Guarded
from workbench.serving.websocket_frames import MOST_UNREAD, Flow, is_sound

if TYPE_CHECKING:
    from jupyter_server.auth.identity import User
    from jupyter_server.base.handlers import JupyterHandler

V1_PROTOCOL = "v1.kernel.websocket.jupyter.org"
UNSUPPORTED_DATA = 1003
TOO_MUCH = 1008
MOST_SOCKETS = 4  # to one kernel: a page needs one, and a few more while it reloads


def kernel_asked_for(handler: Any) -> What:
    """Give the kernel in a request's address, and whose it is."""
    kernel_id = handler.path_kwargs.get("kernel_id")
    owner = handler.kernel_manager.owners.get(kernel_id, "")
    return What("kernel", owner, name=kernel_id if owner else "")


class OwnerAuthorizer(Authorizer):
    """Kernels for their owner, and nothing else for anybody."""

    def is_authorized(self, handler: JupyterHandler, user: User, action: str, resource: str) -> bool:  # noqa: ARG002 -- the hook's signature
        """Whether the kernel in the address is the asker's own."""
        return resource == "kernels" and may(user.who, handler.deed, kernel_asked_for(handler))


class OwnedHandler(Guarded):
    """Answers 404 unless the kernel in the address is the asker's own.

    Voilà asks no authorizer for its shutdown handler, and 403 would tell that a kernel exists.
    """

    resource = "kernel"

    def asked_for(self) -> What:
        """Give the kernel in the address."""
        return kernel_asked_for(self)

    def write_error(self: Any, status_code: int, **_: Any) -> None:
        """Answer with the status alone; the stock error page needs files that are not served."""
        self.set_status(status_code)
        self.finish()


class OwnedKernelHandler(OwnedHandler, KernelHandler):
    """State of one's own kernel."""


class OwnedShutdownHandler(OwnedHandler, VoilaShutdownKernelHandler):
    """End one's own kernel, when its page is left."""


class OwnedChannelsHandler(OwnedHandler, VoilaKernelWebsocketHandler):
    """The websocket to one's own kernel, in the current protocol only.

    Voilà 0.5.13 reads every binary frame as protocol v1: eight bytes of a legacy frame become a
    count, and the whole server loops over it. Legacy clients are refused before that can happen.
    """

    async def pre_get(self) -> None:
        """Refuse clients that do not ask for protocol v1."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if V1_PROTOCOL not in [protocol.strip() for protocol in offered.split(",")]:
            raise HTTPError(400)
        await super().pre_get()

    async def open(self, kernel_id: str) -> None:
        """Connect, to be told when the kernel ends; the oldest of too many goes."""
        self.flow = Flow()
        self.ws_connection.stream.max_write_buffer_size = MOST_UNREAD
        listeners = self.kernel_manager.listeners.setdefault(kernel_id, [])
        listeners.append(self)
        for oldest in listeners[:-MOST_SOCKETS]:
            oldest.close()
        await super().open(kernel_id)

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a frame on if it is sound, and they are not too many; nothing behind this looks before it counts."""
        if not is_sound(ws_message):
            self.close(UNSUPPORTED_DATA)
        elif not self.flow.takes(ws_message):
            self.close(TOO_MUCH)
        else:
            super().on_message(ws_message)

    def write_message(self, message: Any, binary: bool = False) -> Any:  # noqa: FBT001, FBT002 -- upstream's signature
        """Keep errors, which tell of the server's files and of rows, from those who see a slice.

        Hang up on a browser that does not take what it is told.
        """
        header = read_header_from_binary_message(message) if isinstance(message, bytes) else None
        if header and header.get("msg_type") == "error" and not may(self.who, "see", What("study")):
            return None
        try:
            return super().write_message(message, binary)
        except StreamBufferFullError:
            self.ws_connection.stream.close()
            return None

    def on_close(self) -> None:
        """Listen no more."""
        listeners = self.kernel_manager.listeners.get(self.kernel_id, [])
        if self in listeners:
            listeners.remove(self)
        super().on_close()
