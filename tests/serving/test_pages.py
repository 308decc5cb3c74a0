"""Pages: languages, headers, and that the page begins before the kernel is there."""

from __future__ import annotations

import json
import re
import socket
from hashlib import sha256
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import jinja2
import pytest

import workbench.serving
from workbench.access.rules import Who
from workbench.accounts.account import Role
from workbench.language import translator
from workbench.serving.notebooks import find_notebooks
from workbench.serving.routes import after_login, home_of
from workbench.serving.visitor import Visitor
from workbench.widgets import PLOTLY

from .conftest import Enter, Running

SERVING = Path(workbench.serving.__file__).parent
STATIC = SERVING / "template" / "static"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "prefers", "language"),
    [
        ("", "sv-SE,sv;q=0.9", "sv"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "fr", "sv"),
        ("?lang=en", "sv", "en"),
        ("?lang=sv", "en", "sv"),
        ('?lang="><b>', "en", "en"),
        ("login", "en", "en"),
        ("developer", "en", "en"),
        ("nowhere", "en", "en"),
    ],
)
def test_a_page_speaks_the_language_asked_for(server: Running, path: str, prefers: str, language: str) -> None:
    text = Visitor(server.url, language=prefers).ask(path.replace('"', "%22").replace("<", "%3C")).text
    assert f'<html lang="{language}">' in text


@pytest.mark.slow
def test_an_address_with_two_slashes_leads_to_no_other_host(server: Running) -> None:
    text = Visitor(server.url + "/").ask("elsewhere.example/").text
    assert 'href="/elsewhere.example/?lang=en"' in text


@pytest.mark.slow
def test_a_file_name_that_cannot_be_is_not_here(server: Running) -> None:
    assert Visitor(server.url).ask("voila/templates/workbench/static/%00").status == 404


@pytest.mark.slow
def test_a_form_of_megabytes_is_refused_unread(server: Running) -> None:
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        head = f"POST /login HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {1 << 20}\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.slow
def test_a_chosen_language_is_kept(server: Running) -> None:
    visitor = Visitor(server.url, language="sv")
    visitor.ask("?lang=en")
    assert '<html lang="en">' in visitor.ask("login").text


@pytest.mark.slow
def test_an_account_brings_its_language_and_the_kernel_is_told(enter: Enter) -> None:
    page = enter("fia").ask("min-resa")
    assert '<html lang="en">' in page.text
    assert "language en" in page.text


def urlopen_any(url: str) -> HTTPResponse | HTTPError:
    """Open an address; an error is an answer too."""
    try:
        return urlopen(url)  # noqa: S310 -- our own server
    except HTTPError as error:
        return error


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", "login", "min-resa", "nowhere"])
def test_every_page_lets_only_own_files_run(server: Running, path: str) -> None:
    with urlopen_any(server.url + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self' blob:;" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_scripts_are_kept_for_a_year_by_their_version(server: Running) -> None:
    with urlopen(server.url + "voila/templates/workbench/static/page.js?v=1") as answer:  # noqa: S310 -- our own server
        assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.slow
def test_every_file_that_a_page_names_is_there(enter: Enter) -> None:
    visitor = enter("eva")
    files = set(re.findall(r'(?:src|href)="/(voila/[^"]+)"', visitor.ask("min-resa").text))
    assert {Path(file.split("?")[0]).name for file in files} >= {PLOTLY.name, "page.js", "page.css", "workbench.css"}
    assert {visitor.ask(file).status for file in files} == {200}


@pytest.mark.slow
def test_an_output_widget_does_not_stop_the_page(enter: Enter) -> None:
    assert enter("cia").ask("analysis/01_counts").is_whole


@pytest.mark.slow
def test_a_figure_comes_as_data_with_words_for_it(enter: Enter) -> None:
    text = enter("eva").ask("min-resa").text
    assert 'data-alt="Level rises from 1 to 3, then falls to 2."' in text
    assert '<script type="application/vnd.plotly.v1+json">' in text


@pytest.mark.parametrize(
    ("show_code", "cure"),
    [(False, "Säg till forskargruppen om det inte hjälper."), (True, "Kör notebooken i JupyterLab")],
    ids=["a participant", "a researcher"],
)
def test_a_part_that_failed_says_what_to_do_to(show_code: bool, cure: str) -> None:  # noqa: FBT001 -- a parameter
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(SERVING / "template"), autoescape=True)
    said = templates.get_template("output.html").render(
        output={"output_type": "error", "evalue": "P001"}, show_code=show_code, _=translator("sv")
    )
    assert cure in said
    assert "P001" not in said


@pytest.mark.parametrize(
    ("role", "wanted", "page"),
    [
        ("participant", "/", "min-resa"),
        ("participant", "/min-resa?lang=en", "min-resa?lang=en"),
        ("reviewer", "/analysis/01_counts", "analysis/01_counts"),
        ("reviewer", "/research", "review"),
        ("researcher", "//elsewhere/research", "research"),
        ("researcher", "/research\r\nSet-Cookie: a=b", "research"),
        ("researcher", "/research?\r\n", "research"),
        ("researcher", "/analysis/../../research", "research"),
    ],
)
def test_log_in_leads(role: Role, wanted: str, page: str) -> None:
    assert after_login(Who("anna", role, "P001"), wanted) == page


@pytest.mark.parametrize(
    ("role", "person", "page"),
    [
        ("participant", "P001", "min-resa"),
        ("participant", "", "account"),
        ("development_lead", "P002", "min-resa"),
        ("sponsor", "P005", "account"),
        ("facilitator", "", "network"),
        ("researcher", "", "research"),
        ("reviewer", "", "review"),
        ("key_custodian", "", "key"),
    ],
)
def test_a_role_s_own_page_is(role: Role, person: str, page: str) -> None:
    assert home_of(Who("anna", role, person)) == page


def test_notebooks_are_found_in_reading_order_by_their_titles(tmp_path: Path) -> None:
    for name, heading in [("02_b", "Second"), ("01_a", "First"), ("no good name", "Odd")]:
        cells = [{"cell_type": "markdown", "source": ["# ", heading]}]
        (tmp_path / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))
    assert [served.title for served in find_notebooks(tmp_path).values()] == ["First", "Second"]


@pytest.mark.parametrize(("part", "folder"), [("sources", SERVING / "frontend"), ("outputs", SERVING.parent)])
def test_the_committed_scripts_are_built_from_the_committed_sources(part: str, folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the sources are not part of an installed package")
    record = json.loads((STATIC / "bundles.json").read_text())[part]
    assert record == {name: sha256((folder / name).read_bytes()).hexdigest() for name in record}


def test_every_source_of_the_scripts_is_in_the_record() -> None:
    record = json.loads((STATIC / "bundles.json").read_text())["sources"]
    sources = {path.name for path in (SERVING / "frontend").iterdir() if path.suffix in {".js", ".mjs", ".json"}}
    assert sources | {"../../widgets/figure.js"} == set(record)


def test_the_installed_package_carries_every_file_of_the_pages() -> None:
    builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(SERVING.parents[1]))
    carried = {file.distribution_path for file in builder.recurse_included_files()}
    outputs = json.loads((STATIC / "bundles.json").read_text())["outputs"]
    templates = {path.name for path in (SERVING / "template").glob("*.html")}
    wanted = {f"workbench/{name}" for name in outputs}
    assert wanted | {f"workbench/serving/template/{name}" for name in templates} <= carried
    assert not any("frontend" in path for path in carried)


def test_plotly_in_the_page_is_the_version_that_makes_the_figures() -> None:
    package = Path(pytest.importorskip("plotly").__file__).parent / "package_data" / "plotly.min.js"
    version = package.read_text(encoding="utf-8")[:200].split("plotly.js v")[1].split()[0]
    assert f"v{version}" in PLOTLY.read_text(encoding="utf-8")[:200]


@pytest.mark.parametrize("name", ["page.js", "page.css", "workbench.css"])
def test_no_file_of_the_page_asks_another_host(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    for far in ("jsdelivr", "unpkg.com", "cdnjs", "googleapis", "url(http", "@import url"):
        assert far not in text
