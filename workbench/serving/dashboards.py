"""A notebook as a page: the head is sent at once, each cell when it has run."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import nbformat
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.notebook_renderer import NotebookRenderer

from workbench.language import translator
from workbench.serving.looks import may_look
from workbench.serving.pages import PageHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.access.rules import What
    from workbench.apps.first_look import FirstLook
    from workbench.serving.notebooks import Served


class PageRenderer(NotebookRenderer):
    """Voilà's renderer, reading the notebook's file itself: no contents service is served."""

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Read the notebook, and name a kernel that this server has."""
        notebook = nbformat.read(path, as_version=4)
        return await self.fix_notebook(notebook)


class NotebookHandler(PageHandler):
    """Runs a notebook for the asker, in a kernel that only the asker can reach.

    Not Voilà's own handler: that one passes on the server's whole environment, sends nothing before
    the kernel runs, and waits for ever when the template fails.
    """

    show_code = False

    def initialize(self, served: Mapping[str, Served]) -> None:
        """Take the notebooks this address may show."""
        self.served = served
        self.kernel_id = ""

    def asked_for(self) -> What:
        """One's own of the notebook in the address, which is here."""
        name = self.path_args[0] if self.path_args else ""
        if name not in self.served:
            raise HTTPError(404)
        return replace(super().asked_for(), name=name)

    async def get(self, name: str = "") -> None:
        """Send the page in pieces."""
        notebook = self.served[name]
        self.keep_language()
        renderer = await self._renderer(notebook)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.kernel_id = str(uuid.uuid4())
        starting = asyncio.ensure_future(
            self.kernel_manager.start_owned(
                self.current_user, self.kernel_id, notebook.path.parent, self.language, self.resource
            )
        )
        looked = asyncio.ensure_future(self._look(renderer.notebook))
        renderer.exporter.environment.globals["first_look"] = partial(asyncio.shield, looked)
        try:
            await self._send(renderer, asyncio.ensure_future(self._hand_over(starting, looked)))
        except StreamClosedError:
            await self._give_up(starting)
        except Exception:
            self.log.exception("The page of %s failed", notebook.name)
            await self._give_up(starting)
            self._apologise()

    async def _look(self, notebook: nbformat.NotebookNode) -> FirstLook | None:
        """Make the page's first look from the asker's own rows; without one, the page comes when its kernel does."""
        who = self.who
        if who is None or not notebook.metadata.get("first_look") or not may_look(who, self.resource):
            return None
        try:
            return await asyncio.to_thread(self.settings["looks"].of, self.resource, who, self.language)
        except Exception:
            self.log.exception("There is no first look of a page of kind %s", self.resource)
            return None

    async def _hand_over(self, starting: asyncio.Future[Any], looked: asyncio.Future[FirstLook | None]) -> Any:
        """Wait for the kernel, and give it what is drawn already."""
        kernel, look = await asyncio.gather(starting, looked)
        if look is not None:
            await asyncio.to_thread(self.kernel_manager.keep_drawn, self.kernel_id, look)
        return kernel

    async def _renderer(self, notebook: Served) -> PageRenderer:
        app = self.settings["workbench"]
        renderer = PageRenderer(
            request_handler=self,
            voila_configuration=app.voila_configuration,
            traitlet_config=app.config,
            notebook_path=str(notebook.path),
            template_paths=app.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={},
        )
        renderer.log = app.log  # its own would say nothing, and a failed cell must be written down
        await renderer.initialize()
        environment = renderer.exporter.environment
        environment.autoescape = True
        environment.globals.update(
            self.page_context(
                has_heading=_has_heading(renderer.notebook),
                title=self._title(notebook),
                show_code=self.show_code,
                parts=len(renderer.notebook.cells),
            )
        )
        return renderer

    def _title(self, notebook: Served) -> str:
        """Name a dashboard in the reader's language, an analysis by its own heading."""
        _ = translator(self.language)
        named = {"journey": _("My journey"), "organisation": _("Our organisation"), "network": _("The network")}
        return named.get(self.resource, notebook.title)

    async def _send(self, renderer: PageRenderer, starting: asyncio.Future[Any]) -> None:
        """Write each piece when it is there; the template waits for the kernel after the head."""
        async for piece, _resources in renderer.generate_content_generator(self.kernel_id, starting):
            self.write(piece)
            await self.flush()

    async def _give_up(self, starting: asyncio.Future[Any]) -> None:
        """Leave no kernel behind for a page that nobody will see."""
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await self.kernel_manager.end_kernel(self.kernel_id)

    def _apologise(self) -> None:
        _ = translator(self.language)
        text = _("This page could not be completed. Please reload it; if that does not help, tell the research team.")
        self.finish(f'<p class="failed" role="alert" data-page-failed>{text}</p>')


class JourneyHandler(NotebookHandler):
    """Min resa: a participant's own page."""

    resource = "journey"


class OrganisationHandler(NotebookHandler):
    """Vår organisation: the page of an organisation's development lead and of its sponsor."""

    resource = "organisation"


class NetworkHandler(NotebookHandler):
    """Nätverket: the facilitator's page."""

    resource = "network"


class AnalysisHandler(NotebookHandler):
    """An analysis of the whole study, with its code."""

    resource = "analysis"
    show_code = True


def _has_heading(notebook: nbformat.NotebookNode) -> bool:
    return any(cell.cell_type == "markdown" and cell.source.lstrip().startswith("# ") for cell in notebook.cells)
