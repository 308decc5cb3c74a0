"""The demonstration's check: every door opened as each role, one line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.serving.demo import DemoError
from workbench.serving.notebooks import Served, find_notebooks
from workbench.serving.visitor import Answer, Visitor

if TYPE_CHECKING:
    from workbench.serving.demo import Demo
    from workbench.serving.demo_people import LogIn

Step = tuple[str, Callable[[], None]]
SWITCHING, OK, REFUSED, FORBIDDEN, MISSING = 101, 200, 401, 403, 404


def check_doors(demo: Demo) -> int:
    """Open every door; print one line each; return 0, or 1 when one failed."""
    failed = [name for name, step in _steps(demo) if not _passes(name, step)]
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "Every door opens as it should.")  # noqa: T201
    if failed:
        print(f"The end of what the pages' server said:\n{demo.children[1].last_words(40)}")  # noqa: T201
    return int(bool(failed))


def _passes(name: str, step: Callable[[], None]) -> bool:
    try:
        step()
    except (DemoError, OSError) as error:
        print(f"FAILED  {name}: {error}", flush=True)  # noqa: T201
        return False
    print(f"ok      {name}", flush=True)  # noqa: T201
    return True


def _expect(*, what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise DemoError(f"{what} is {found!r}, not {wanted!r}")


def _steps(demo: Demo) -> Iterator[Step]:
    first, second, sponsor, facilitator, researcher, reviewer = demo.logins
    people = {login.account.code: Visitor(demo.url) for login in demo.logins}
    yield "landing page in Swedish", partial(_landing, demo, "sv")
    yield "landing page in English", partial(_landing, demo, "en")
    yield "developer's page", partial(_status, Visitor(demo.url), "developer", OK)
    yield "a page before log-in leads to the log-in", partial(_leads_to_log_in, demo)
    yield "a wrong password is refused", partial(_wrong_password, demo, first)
    for login in demo.logins:
        name = f"log-in as {login.account.role} {login.account.code}"
        yield name, partial(_log_in, people[login.account.code], login)
    one, two = people[first.account.code], people[second.account.code]
    yield f"Min resa of {first.account.code}, live", partial(_own_page, demo, one)
    yield f"Min resa of {second.account.code}, closed to {first.account.code}", partial(_closed, demo, one, two)
    for login, page, notebook in ((sponsor, "organisation", "var_organisation"), (facilitator, "network", "natverket")):
        visitor = people[login.account.code]
        yield f"{login.account.role}'s page", partial(_dashboard, demo, visitor, page, f"{notebook}.ipynb")
        yield f"Min resa is not the {login.account.role}'s", partial(_status, visitor, "min-resa", MISSING)
    yield "researcher's page is not the participant's", partial(_status, one, "research", MISSING)
    yield "researcher's page", partial(_status, people[researcher.account.code], "research", OK)
    yield "reviewer's page", partial(_status, people[reviewer.account.code], "review", OK)
    for number, served in enumerate(find_notebooks(demo.root / "notebooks").values()):
        account = (researcher if number else reviewer).account  # both may; one is enough to show it
        yield f"analysis {served.name} as {account.role}", partial(_analysis, people[account.code], served)
    yield "JupyterLab with its key", partial(_lab, demo, demo.lab.token, OK)
    yield "JupyterLab without a key", partial(_lab, demo, "", FORBIDDEN)


def _landing(demo: Demo, language: str) -> None:
    page = Visitor(demo.url, language=language).ask("")
    _expect(what="the language", found=f'<html lang="{language}">' in page.text, wanted=True)
    _expect(what="the number of doors", found=page.text.count("<li><a href="), wanted=4)


def _leads_to_log_in(demo: Demo) -> None:
    answer = Visitor(demo.url).ask("min-resa")
    _expect(what="the address", found=answer.url.split("?")[0], wanted=demo.url + "login")


def _wrong_password(demo: Demo, login: LogIn) -> None:
    answer = Visitor(demo.url).log_in(login.account.code, "not the password")
    _expect(what="the status", found=answer.status, wanted=REFUSED)


def _log_in(visitor: Visitor, login: LogIn) -> None:
    form = {"_xsrf": visitor.form_key(), "code": login.account.code, "password": login.password, "next": "/"}
    _expect(what="the status", found=visitor.post_only("login", form), wanted=302)


def _status(visitor: Visitor, path: str, wanted: int) -> None:
    _expect(what=f"the status of /{path}", found=visitor.ask(path).status, wanted=wanted)


def _whole(page: Answer, notebook: Path) -> None:
    wanted = len(json.loads(notebook.read_text(encoding="utf-8"))["cells"])
    _expect(what="the status", found=page.status, wanted=OK)
    _expect(what="the number of cells", found=page.cells, wanted=wanted)
    _expect(what="the page's being whole, without a failed cell,", found=page.is_whole, wanted=True)


def _analysis(visitor: Visitor, served: Served) -> None:
    _whole(visitor.ask(f"analysis/{served.name}"), served.path)


def _dashboard(demo: Demo, visitor: Visitor, page: str, notebook: str) -> None:
    _whole(visitor.ask(page), demo.root / "dashboards" / notebook)


def _own_page(demo: Demo, visitor: Visitor) -> None:
    _live_kernel(demo, visitor)


def _live_kernel(demo: Demo, visitor: Visitor) -> str:
    page = visitor.ask("min-resa")
    _whole(page, demo.root / "dashboards" / "min_resa.ipynb")
    _expect(what="the kernel's answer", found=visitor.open_channels(page.kernel_id), wanted=SWITCHING)
    return page.kernel_id


def _closed(demo: Demo, stranger: Visitor, owner: Visitor) -> None:
    kernel_id = _live_kernel(demo, owner)
    kernel = f"api/kernels/{kernel_id}"
    _expect(what="the stranger's status", found=stranger.ask(kernel).status, wanted=MISSING)
    _expect(what="the stranger's websocket", found=stranger.open_channels(kernel_id), wanted=MISSING)
    _expect(what="the owner's status", found=owner.ask(kernel).status, wanted=OK)


def _lab(demo: Demo, token: str, wanted: int) -> None:
    lab = Visitor(f"http://127.0.0.1:{demo.lab.port}/")
    headers = {"Authorization": f"token {token}"} if token else {}
    _expect(what="JupyterLab's status", found=lab.ask("api/status", headers=headers).status, wanted=wanted)
