"""The demonstration: whom it lets in, what its check says, and that it leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from workbench import cli
from workbench.access.handed_in import handed_in
from workbench.access.information import is_asked
from workbench.accounts.account import ROLES
from workbench.opening import open_study
from workbench.serving import demo as demonstration
from workbench.serving.demo import make_live
from workbench.serving.demo_people import SPONSOR, add_sponsor, choose_people, make_logins, readable_password
from workbench.serving.lab import Lab
from workbench.serving.visitor import Visitor
from workbench.study import Study

HERE = Path(__file__).parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with the demo study and the tests' own notebooks."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo").symlink_to(HERE.parents[1] / "data" / "demo")
    shutil.copytree(HERE / "notebooks", tmp_path / "notebooks")
    shutil.copytree(HERE / "dashboards", tmp_path / "dashboards")
    counts = tmp_path / "notebooks" / "01_counts.ipynb"
    # The tests' own study is a file; the demonstration's is live.
    read = r"pd.read_csv(Path(os.environ[\"WORKBENCH_STUDY\"]) / \"entries.csv\")"
    text = counts.read_text(encoding="utf-8")
    assert read in text
    text = text.replace("import pandas as pd", "from workbench.opening import open_study")
    counts.write_text(text.replace(read, "open_study().entries"), encoding="utf-8")
    shutil.copy(counts, tmp_path / "notebooks" / "00_start.ipynb")
    return tmp_path


def run_demo(repository: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from workbench.cli import main; raise SystemExit(main())", "demo", *options],
        cwd=repository,
        env=os.environ | {"PYTHONWARNINGS": ""},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_two_people_of_two_organisations_who_are_still_there_are_chosen(demo: Study) -> None:
    chosen = [person for person, _ in choose_people(demo)]
    rows = demo.people.set_index("person").loc[chosen]
    assert rows["organisation"].nunique() == 2
    assert rows["left"].isna().all()


def test_there_is_a_log_in_for_each_role(demo: Study, tmp_path: Path) -> None:
    roles = [login.account.role for login in make_logins(demo, tmp_path)]
    assert sorted(roles) == sorted(set(ROLES) - {"key_custodian"})  # there are no names in it to be the key of


def test_the_sponsor_is_of_the_lead_s_organisation_and_nothing_is_asked_of_one(demo: Study, tmp_path: Path) -> None:
    place = make_live(demo, tmp_path / "live")
    add_sponsor(place, demo)
    study = open_study(place)
    homes = study.people.set_index("person")["organisation"]
    assert homes[SPONSOR] == homes[choose_people(demo)[-1][0]]
    assert SPONSOR not in set(handed_in(study)["person"])
    assert not is_asked(study.consents, SPONSOR)  # so that log-in leads to the page of the organisation


def test_passwords_are_words_and_differ() -> None:
    made = {readable_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-z]+-){4}[a-z]+", password) for password in made)


def test_without_a_study_the_cure_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demonstration, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.setattr(demonstration, "end_on_signals", lambda: None)
    assert cli.main(["demo"]) == 1
    assert "Cure" in capsys.readouterr().err


def test_the_key_of_jupyterlab_is_not_where_others_on_the_machine_can_read_it(tmp_path: Path) -> None:
    lab = Lab(tmp_path, tmp_path, "study", 1)
    child = lab.start()
    try:
        process = psutil.Process(child.process.pid)
        while not process.cmdline():  # a busy machine shows none until the process has begun
            time.sleep(0.01)
        assert "workbench.serving.lab" in process.cmdline()
        assert lab.token not in " ".join(process.cmdline())
        assert process.environ()["JUPYTER_TOKEN"] == lab.token  # the system shows it to the owner alone
    finally:
        child.stop()
    assert lab.token not in repr(lab)


def test_jupyterlabs_kernels_speak_over_private_sockets_where_there_is_room(tmp_path: Path) -> None:
    short, long = (Lab(tmp_path, Path("/", "x" * length), "study", 1).settings() for length in (20, 80))
    assert (short["KernelManager"], long["KernelManager"]) == ({"transport": "ipc"}, {"transport": "tcp"})


@pytest.mark.slow
def test_the_check_names_the_one_page_that_fails_and_no_other(repository: Path) -> None:
    with run_demo(repository, "--check") as process:
        said, _ = process.communicate(timeout=170)
    failed = [line for line in said.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1
    assert "02_broken" in failed[0]
    assert process.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGKILL], ids=["a closed terminal", "a kill"])
def test_nothing_runs_on_after(repository: Path, end: signal.Signals) -> None:
    with run_demo(repository) as process:
        started = _read_until(process, "Ctrl-C")
        url = re.search(r"http://\S+/", started).group(0)
        code, password = re.search(r"^  \w+ +(P-\w+) +(\S+)", started, flags=re.MULTILINE).groups()
        assert Visitor(url).log_in(code, password).is_whole
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 4  # JupyterLab, the pages, the fork server, a kernel
        process.send_signal(end)
    _gone, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


@pytest.mark.slow
def test_what_a_killed_demo_leaves_is_removed_by_the_next(
    repository: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    temp = Path(tempfile.mkdtemp(prefix="wbt-"))  # pytest's own folders are too long for sockets
    request.addfinalizer(lambda: shutil.rmtree(temp, ignore_errors=True))
    monkeypatch.setenv("TMPDIR", str(temp))
    with run_demo(repository) as process:
        _read_until(process, "Ctrl-C")
        family = psutil.Process(process.pid).children(recursive=True)
        for one in [*family, process]:  # the power goes: none can tidy up after itself
            one.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=15)
    assert sorted({path.name.split("-")[0] for path in temp.iterdir()}) == ["workbench"]

    with run_demo(repository) as process:
        _read_until(process, "Ctrl-C")
        process.send_signal(signal.SIGTERM)
    assert list(temp.iterdir()) == []


def _read_until(process: subprocess.Popen[str], word: str) -> str:
    lines, end = [], time.monotonic() + 60
    while time.monotonic() < end and not (lines and word in lines[-1]):
        lines.append(process.stdout.readline())
    return "".join(lines)
