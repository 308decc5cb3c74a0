"""The server of all pages: Voilà with fixed doors, owned kernels and its own template."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from jupyter_server.utils import url_path_join
from tornado.ioloop import PeriodicCallback
from traitlets import Any as AnyTrait
from traitlets.config import Config
from voila.app import Voila

from workbench.accounts.accesslog import Did
from workbench.accounts.account import AccountError
from workbench.accounts.file import FILE
from workbench.accounts.store import AccountStore
from workbench.drafts import drafts
from workbench.serving import authorizer, handin, pages
from workbench.serving.account_page import AccountHandler
from workbench.serving.acting import Studied
from workbench.serving.consensus_pages import ConsensusFormHandler, ConsensusHandler
from workbench.serving.dashboards import AnalysisHandler, JourneyHandler, NetworkHandler, OrganisationHandler
from workbench.serving.forkserver.client import ForkServer
from workbench.serving.headers import SECURITY_HEADERS
from workbench.serving.identity import WorkbenchIdentity
from workbench.serving.identity_settings import ByHub, ByProxy, Elsewhere
from workbench.serving.kernel_client import PageKernelManager
from workbench.serving.kernels import OwnedKernelManager, WriteSlice
from workbench.serving.kernelspec import WorkbenchKernelSpecs
from workbench.serving.key import KeyHandler
from workbench.serving.leftovers import make_own_folder, remove_left_folders
from workbench.serving.limits import PagesApplication
from workbench.serving.looks import Looks
from workbench.serving.me import MeHandler
from workbench.serving.me_consent import MyConsentHandler
from workbench.serving.me_copy import MyCopyHandler
from workbench.serving.me_findings import AnswersHandler, MyFindingsHandler
from workbench.serving.me_withdrawal import MyWithdrawalHandler
from workbench.serving.notebooks import Served, find_notebooks
from workbench.serving.slices import Slices
from workbench.serving.state import kernel_transport, note_study, read_secret
from workbench.serving.websocket_frames import MOST_BYTES
from workbench.widgets import PLOTLY

TEMPLATE = Path(__file__).parent / "template"
CLOSED_SESSION_SECONDS = 60
STOP_SECONDS = 5
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


@dataclass(frozen=True)
class Place:
    """What one server serves, and where it keeps its own things.

    Attributes
    ----------
    study : str
        Path or address of the study.
    state : Path
        Private folder for accounts and the cookie's secret.
    notebooks : Path
        Folder of the analysis notebooks.
    journey : Path
        The participants' notebook; those of the organisations and of the network lie beside it.
    port : int
        On 127.0.0.1.
    lab_url : str
        JupyterLab's address with its token, shown to researchers; "" without JupyterLab.
    public_host : str
        Host name that a proxy in front answers to, over HTTPS alone; "" without one.
    address : str
        Where it listens.
    elsewhere : ByProxy or ByHub, optional
        Who says who asks; without it, codes and passwords of the accounts do.
    """

    study: str
    state: Path
    notebooks: Path
    journey: Path
    port: int
    lab_url: str = ""
    public_host: str = ""
    address: str = "127.0.0.1"
    elsewhere: Elsewhere | None = None


class WorkbenchVoila(Voila):
    """Voilà, with every address written down here and none taken over unseen."""

    place = AnyTrait(help="What is served.")
    write_slice = AnyTrait(help="Writes what one person's page may show into a folder.")
    organisation_of = AnyTrait(help="Finds the organisation of a person of the study.")

    def setup_template_dirs(self) -> None:
        """Use the template inside this package."""
        self.template_paths = [str(TEMPLATE)]
        self.static_paths = [str(TEMPLATE / "static")]

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with accounts, headers and the notebooks found now."""
        settings: dict[str, Any] = super().init_settings()
        self.identity_provider.accounts = AccountStore(self.place.state / FILE)
        self.identity_provider.organisation_of = self.organisation_of
        self.identity_provider.elsewhere = self.place.elsewhere
        self.identity_provider.secure_cookie = bool(self.place.public_host)
        self.kernel_manager.note = self._note_kernel
        self.kernel_manager.study = self.place.study
        studied = Studied(self.place.study)
        slices = Slices(studied)
        self.kernel_manager.write_slice = self.write_slice or slices.write
        return settings | {
            "workbench": self,
            "accounts": self.identity_provider.accounts,
            "headers": dict(SECURITY_HEADERS),
            "studied": studied,
            "looks": Looks(slices),
            "drafts": drafts.Drafts(self.place.state / drafts.FILE),
            "template_static": TEMPLATE / "static",
            "analyses": find_notebooks(self.place.notebooks),
            "lab_url": self.place.lab_url,
            "allow_unauthenticated_access": False,
            # Only known host names are answered, so that no foreign name can be pointed at this machine.
            "allow_remote_access": False,
            "local_hostnames": [name for name in ("localhost", self.place.public_host) if name],
            "default_handler_class": pages.NotFoundHandler,
            # JupyterLab on this host sets a cookie with the stock name; ports do not keep cookies apart.
            "xsrf_cookie_name": "workbench-xsrf",
            "xsrf_cookie_kwargs": {"samesite": "Strict", "httponly": True, "secure": bool(self.place.public_host)},
            "compress_response": True,
            "websocket_compression_options": {},
            "websocket_max_message_size": MOST_BYTES,
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Every address there is; all else is 404."""
        journey = self.place.journey
        analyses = self.app.settings["analyses"]
        here = partial(url_path_join, self.base_url)
        return [
            (here("/"), pages.OpenPageHandler, {"template": "landing.html"}),
            (here("developer"), pages.OpenPageHandler, {"template": "developer.html"}),
            (here("accessibility"), pages.OpenPageHandler, {"template": "accessibility.html"}),
            (here("data"), pages.OpenPageHandler, {"template": "data.html"}),
            (here("min-resa"), JourneyHandler, {"served": {"": Served("", "", journey)}}),
            (here("organisation"), OrganisationHandler, _beside(journey, "var_organisation.ipynb")),
            (here("network"), NetworkHandler, _beside(journey, "natverket.ipynb")),
            (here("account"), AccountHandler),
            (here("hand-in"), handin.HandInHandler),
            (here("hand-in/([a-z]+)"), handin.FormHandler),
            (here("drafts/([0-9a-f]{16})"), handin.DraftHandler),
            (here("consensus"), ConsensusHandler),
            (here("consensus/(form)"), ConsensusFormHandler),
            (here("key"), KeyHandler),
            (here("me"), MeHandler),
            (here("me/copy"), MyCopyHandler),
            (here("me/consent"), MyConsentHandler),
            (here("me/findings"), MyFindingsHandler),
            (here("me/withdrawal"), MyWithdrawalHandler),
            (here("research"), pages.ResearchHandler),
            (here("research/answers"), AnswersHandler),
            (here("review"), pages.ReviewHandler),
            (here(r"analysis/([A-Za-z0-9_-]+)"), AnalysisHandler, {"served": analyses}),
            (here("api/kernels/" + _KERNEL), authorizer.OwnedKernelHandler),
            (here(f"api/kernels/{_KERNEL}/channels"), authorizer.OwnedChannelsHandler),
            (here("voila/api/shutdown/" + _KERNEL), authorizer.OwnedShutdownHandler),
            (here(pages.STATIC_PREFIX + f"({PLOTLY.name})"), pages.VersionedStaticHandler, {"path": PLOTLY.parent}),
            (here(pages.STATIC_PREFIX + "(.*)"), pages.VersionedStaticHandler, {"path": TEMPLATE / "static"}),
            *self.identity_provider.get_handlers(),
        ]

    def make_application(self) -> PagesApplication:
        """Make what answers: every address, each with its handler, and nothing else."""
        self.app = PagesApplication(**self.init_settings(), behind_proxy=bool(self.place.public_host))
        self.app.add_handlers(".*$", self.init_handlers())
        return self.app

    def start(self) -> None:
        """Serve until told to stop."""
        remove_left_folders()
        self.connection_dir = str(make_own_folder("wb-"))
        self.make_application()
        note_study(self.place.state, self.place.study)
        ForkServer.warm_up()
        PeriodicCallback(self._keep_house, CLOSED_SESSION_SECONDS * 1000).start()
        self.listen()

    async def _keep_house(self) -> None:
        """End the kernels of sessions that have ended elsewhere, and let the oldest of the access log go."""
        store = self.identity_provider.accounts
        store.log.prune()
        await self.kernel_manager.end_closed(store.sessions.is_open)

    def _note_kernel(self, code: str, did: Did, kernel_id: str) -> None:
        """Write down a kernel's opening or closing; one that closes is closed even when that cannot be written."""
        try:
            store = self.identity_provider.accounts
            account = store.accounts.find(code)
            store.log.note((code, account.role if account else ""), did, "kernel", kernel_id)
        except AccountError:
            self.log.exception("The access log could not be written")

    def stop(self) -> None:
        """End all kernels and leave nothing of theirs behind, even when one of them will not end in order."""
        try:
            run_sync(self.kernel_manager.end_all)(STOP_SECONDS)
        except Exception:
            self.log.exception("Not every kernel ended in order")
        finally:
            ForkServer.stop_all()  # and with it every kernel that is left
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _beside(journey: Path, name: str) -> dict[str, dict[str, Served]]:
    return {"served": {"": Served("", "", journey.with_name(name))}}


def make_app(place: Place, write_slice: WriteSlice | None, organisation_of: Callable[[str], str]) -> WorkbenchVoila:
    """Make a server, ready to start.

    Parameters
    ----------
    place : Place
        What is served.
    write_slice : callable, optional
        ``write_slice(page, who, folder)`` writes what somebody's page of a kind may show into the folder; without one,
        it is cut from the study.
    organisation_of : callable
        Finds the organisation of a person of the study; "" for who is not in it.
    """
    given = {"write_slice": write_slice, "organisation_of": organisation_of}
    app = WorkbenchVoila(config=_config(place), place=place, **given)
    app.initialize([])
    return app


def _identity_class(elsewhere: Elsewhere | None) -> type[WorkbenchIdentity]:
    """Choose how it is known who asks; what only one way needs is imported for that one."""
    if isinstance(elsewhere, ByHub):
        from workbench.serving.identity_hub import HubIdentity  # noqa: PLC0415 -- JupyterHub may not be installed

        return HubIdentity
    if isinstance(elsewhere, ByProxy):
        from workbench.serving.identity_proxy import ProxyIdentity  # noqa: PLC0415 -- its pages need identity

        return ProxyIdentity
    return WorkbenchIdentity


def _config(place: Place) -> Config:
    return Config(
        Voila={
            "ip": place.address,
            "port": place.port,
            "base_url": place.elsewhere.prefix if place.elsewhere else "/",
            "port_retries": 0,
            "open_browser": False,
            "config_file_paths": [],  # a voila.py lying about must not change who may see what
            "cookie_secret": read_secret(place.state / "cookie_secret"),
            "identity_provider_class": _identity_class(place.elsewhere),
            "authorizer_class": authorizer.OwnerAuthorizer,
        },
        VoilaConfiguration={
            "template": "workbench",
            "multi_kernel_manager_class": OwnedKernelManager,
            "kernel_spec_manager_class": WorkbenchKernelSpecs,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "show_tracebacks": False,
            "strip_sources": True,
        },
        OwnedKernelManager={
            "kernel_manager_class": f"{PageKernelManager.__module__}.{PageKernelManager.__name__}",
            "cull_idle_timeout": 15 * 60,
            "cull_interval": 60,
            "cull_connected": False,
        },
        KernelManager={"transport": kernel_transport(Path(tempfile.gettempdir()) / "wb-12345678")},
        VoilaExecutor={"timeout": 60, "cell_error_instruction": "", "cell_timeout_instruction": ""},
    )
