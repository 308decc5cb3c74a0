"""JupyterHub, with its proxy, in front: the hub says who somebody is, our accounts say what that person may open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.store.postgresql import running_server
from tests.tiny import tiny_study
from workbench.accounts.store import AccountStore
from workbench.serving.demo import make_live
from workbench.serving.identity_settings import ByHub
from workbench.serving.processes import Child, free_port
from workbench.serving.visitor import Answer, Visitor
from workbench.store.creating import create_study

from .conftest import CHEAP, HERE, REPOSITORY, private_folder
from .elsewhere import add_people, arguments_of
from .raw import request

pytestmark = pytest.mark.slow
EXAMPLE = REPOSITORY / "docs" / "deploying" / "jupyterhub_config.py"
HUB_PROXY = HERE / "hub_proxy" / "node_modules" / ".bin" / "configurable-http-proxy"
SERVICE = "services/workbench/"
START_SECONDS = 120
# The example as it is, but for who the hub believes, and ports that are free.
CONFIG = f"""
load_subconfig({str(EXAMPLE)!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "pw"
c.JupyterHub.hub_port = {{hub}}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{{api}}"
c.ConfigurableHTTPProxy.command = [{str(HUB_PROXY)!r}]
"""
# As on a cluster: the service is started by something else than the hub, and knows its token.
APART = """
del c.JupyterHub.services[0]["command"]
c.JupyterHub.services[0]["api_token"] = "a token of the service's own"
"""


@dataclass(frozen=True)
class Hub:
    """A running hub."""

    url: str
    behind: str
    state: Path

    @property
    def store(self) -> AccountStore:
        """The workbench's accounts."""
        return AccountStore(self.state / "accounts.sqlite", hasher=CHEAP)


@contextmanager
def running_hub(*, study: str = "", apart: bool = False) -> Iterator[Hub]:
    assert HUB_PROXY.exists(), "JupyterHub's proxy is not installed. Cure: make hubproxy"
    with private_folder() as state, ExitStack() as after:
        add_people(state)
        (state / "identity.toml").write_text('from = "jupyterhub"\n')
        ports = [free_port() for _ in range(4)]
        (state / "hub.py").write_text(CONFIG.format(hub=ports[1], api=ports[2]) + APART * apart)
        root = state / "root"
        (root / "dashboards").mkdir(parents=True)
        shutil.copy(HERE / "dashboards" / "min_resa.ipynb", root / "dashboards")
        shutil.copytree(HERE / "notebooks", root / "notebooks")
        hub = Hub(f"http://127.0.0.1:{ports[0]}/", f"http://127.0.0.1:{ports[3]}/", state)
        env = os.environ | {
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONWARNINGS": "",
            "HUB_URL": hub.url,
            "WORKBENCH_ROOT": str(root),
            "WORKBENCH_STUDY": study or str(make_live(tiny_study(), state / "study")),
            "WORKBENCH_STATE": str(state),
            "WORKBENCH_PORT": str(ports[3]),
            "WORKBENCH_USERS": "anna bo cia dan eva stranger",
        }
        with (state / "hub.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(state / "hub.py")],
                cwd=state,
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            if apart:
                after.callback(start_apart(state, env, ports).stop)
            wait_for_service(hub, process)
            yield hub
        finally:
            process.terminate()
            process.wait(30)


def start_apart(state: Path, env: dict[str, str], ports: list[int]) -> Child:
    """Start the service as a cluster would, with what the hub tells those that it starts."""
    told = {
        "JUPYTERHUB_API_TOKEN": "a token of the service's own",
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{ports[1]}/hub/api",
        "JUPYTERHUB_CLIENT_ID": "service-workbench",
        "JUPYTERHUB_SERVICE_NAME": "workbench",
        "JUPYTERHUB_SERVICE_PREFIX": f"/{SERVICE}",
    }
    return Child(
        "workbench.serving", arguments_of(state, env["WORKBENCH_STUDY"], ports[3]), env=env | told, log=state / "log"
    )


def wait_for_service(hub: Hub, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if Visitor(hub.url).status(SERVICE) == 200:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError((hub.state / "hub.log").read_text()[-3000:])


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    with running_hub() as hub:
        yield hub


def log_in(hub: Hub, name: str, wanted: str = "min-resa") -> tuple[Visitor, Answer]:
    """Ask for a page, fill in the form of the hub that it leads to, and be led back."""
    visitor = Visitor(hub.url, language="en")
    form = visitor.ask(SERVICE + wanted)
    assert "/hub/login" in form.url
    filled = {"_xsrf": visitor.form_key("hub/login"), "username": name, "password": "pw"}
    answer = visitor.ask(form.url.removeprefix(hub.url), form=filled)
    visitor.base = hub.url + SERVICE
    return visitor, answer


@pytest.fixture(scope="module")
def anna(hub: Hub) -> tuple[Visitor, Answer]:
    return log_in(hub, "anna")


@pytest.fixture(scope="module")
def bo(hub: Hub) -> tuple[Visitor, Answer]:
    return log_in(hub, "bo")


def test_each_comes_by_the_hub_s_log_in_to_the_page_asked_for_and_it_is_their_own(
    hub: Hub, anna: tuple[Visitor, Answer], bo: tuple[Visitor, Answer]
) -> None:
    for code, (visitor, page) in (("anna", anna), ("bo", bo)):
        assert page.url == hub.url + SERVICE + "min-resa"
        assert page.is_whole and page.kernel_id
        assert f"<dd>{code}</dd>" in visitor.ask("account").text
        assert visitor.open_channels(page.kernel_id) == 101
    assert "P-1" in anna[1].text and "P-2" not in anna[1].text
    assert "P-2" in bo[1].text and "P-1" not in bo[1].text


def test_one_does_not_reach_another_s_kernel(
    hub: Hub, anna: tuple[Visitor, Answer], bo: tuple[Visitor, Answer]
) -> None:
    visitor, kernel_id = anna[0], bo[1].kernel_id
    key = visitor.form_key("logout")
    assert visitor.ask(f"api/kernels/{kernel_id}").status == 404
    assert visitor.status(f"api/kernels/{kernel_id}", method="DELETE", key=key) == 404
    assert visitor.status(f"voila/api/shutdown/{kernel_id}", method="POST", key=key) == 404
    assert visitor.open_channels(kernel_id) in {404, 599}  # the hub's proxy hangs up where we refuse
    behind = Visitor(hub.behind + SERVICE)
    behind.cookies = visitor.cookies
    assert behind.open_channels(kernel_id) == 404
    assert behind.open_channels(anna[1].kernel_id) == 101
    assert bo[0].ask(f"api/kernels/{kernel_id}").status == 200


def test_our_roles_count_and_names_are_compared_without_capitals(hub: Hub) -> None:
    visitor, page = log_in(hub, "CIA", "research")
    assert (page.status, page.url) == (200, hub.url + SERVICE + "research")
    assert visitor.ask("min-resa").status == 404


def test_an_outsider_of_the_hub_is_refused_by_the_hub(hub: Hub) -> None:
    assert log_in(hub, "outsider")[1].status == 403


@pytest.mark.parametrize("name", ["stranger", "dan"])
def test_a_name_that_is_nobody_s_here_is_told_so(hub: Hub, name: str) -> None:
    page = log_in(hub, name)[1]
    assert page.status == 403
    assert "nobody has been invited here under that name" in page.text


def test_the_port_behind_the_hub_s_proxy_leads_to_the_log_in(hub: Hub, anna: tuple[Visitor, Answer]) -> None:
    for headers in ({}, {"Remote-User": "anna", "X-Forwarded-User": "anna", "Authorization": "token anna"}):
        found = request(hub.behind, f"/{SERVICE}min-resa", headers=headers)
        assert found.status == 302 and "/login" in found.header("Location")[0]
        found = request(hub.behind, f"/{SERVICE}api/kernels/{anna[1].kernel_id}", headers=headers)
        assert found.status == 403


def test_the_hub_s_word_is_taken_only_by_the_browser_that_asked(hub: Hub, anna: tuple[Visitor, Answer]) -> None:
    for query in ("", "?code=made-up", "?code=made-up&state=made-up", "?state=&code=x", "?error=access_denied"):
        assert Visitor(hub.url + SERVICE).status(f"oauth_callback{query}") == 400


def test_no_token_of_the_hub_s_is_in_a_browser_or_a_kernel(hub: Hub, anna: tuple[Visitor, Answer]) -> None:
    ours = {cookie.name for cookie in anna[0].cookies if cookie.path.startswith("/" + SERVICE)}
    assert ours <= {"workbench-session", "workbench-xsrf", "workbench-language", "service-workbench-oauth-state"}
    assert "JUPYTERHUB" not in anna[1].text  # the notebook prints the names of its whole environment


def test_log_out_here_ends_the_page_and_leads_to_the_hub_s(hub: Hub) -> None:
    visitor, page = log_in(hub, "eva")
    before = visitor.cookie_header()
    answer = visitor.ask("logout", form={"_xsrf": visitor.form_key("logout")})
    assert 'href="/hub/logout"' in answer.text
    found = request(hub.url, f"/{SERVICE}api/kernels/{page.kernel_id}", headers={"Cookie": before})
    assert found.status == 403


def test_a_session_ended_here_is_ended_though_the_hub_still_knows_the_person(hub: Hub) -> None:
    visitor, page = log_in(hub, "eva")
    assert visitor.ask(f"api/kernels/{page.kernel_id}").status == 200
    hub.store.sessions.end_of("eva")
    assert visitor.ask(f"api/kernels/{page.kernel_id}").status == 403


def test_log_out_at_the_hub_ends_the_session_here(hub: Hub) -> None:
    visitor, page = log_in(hub, "eva")
    visitor.base = hub.url
    visitor.ask("hub/logout")
    end = time.monotonic() + 60
    while visitor.status(f"{SERVICE}api/kernels/{page.kernel_id}") == 200 and time.monotonic() < end:
        time.sleep(1)
    assert visitor.status(f"{SERVICE}api/kernels/{page.kernel_id}") == 403


def test_a_service_started_apart_over_a_shared_study_in_postgresql_is_the_same() -> None:
    with running_server() as server, server.database() as study:
        create_study(study, tiny_study(), actor="K1")
        with running_hub(study=study, apart=True) as hub:
            visitor, page = log_in(hub, "anna")
            assert page.is_whole and "P-1" in page.text and "P-2" not in page.text
            assert visitor.open_channels(page.kernel_id) == 101
            assert log_in(hub, "cia", "research")[1].status == 200


def test_the_hub_s_settings_name_no_secret() -> None:
    assert "secret" not in repr(ByHub("/services/workbench/", "a secret"))
