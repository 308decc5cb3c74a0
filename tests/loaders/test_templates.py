from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from tests.tiny import DEMO, tiny_study
from workbench.language import LANGUAGES, Language
from workbench.loaders.templates import TemplateError, write_form, write_template
from workbench.loaders.templates.choices import FIXED, choices
from workbench.loaders.templates.fields import FIELDS, HEADS, HELP, KINDS, LISTS, TemplateKind
from workbench.opening import open_study
from workbench.study import Study
from workbench.tables import TABLES


@pytest.fixture(scope="module")
def demo() -> Study:
    return open_study(DEMO)


def workbook(study: Study, kind: TemplateKind, language: Language = "en", **options: Any) -> Any:
    return openpyxl.load_workbook(BytesIO(write_template(study, kind=kind, language=language, **options)))


def values(sheet: Any) -> list[list[object]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def offered(book: Any, place: str) -> list[object]:
    """List what the drop-down of a cell offers."""
    rules = book.worksheets[0].data_validations.dataValidation
    source = next((rule.formula1 for rule in rules if place in rule.sqref), None)
    return [row[0].value for row in book[LISTS][source.split("!")[1].replace("$", "")]] if source else []


def test_a_ratings_template_has_a_head_and_a_row_a_component(demo: Study) -> None:
    rows = values(workbook(demo, "ratings", person="P-K37D", occasion="T2").worksheets[0])

    assert rows[0] == ["Your code", "P-K37D"]
    assert rows[2] == ["Occasion", "2 \N{EN DASH} Direction and leadership (2025-03-26)"]
    assert rows[7][:4] == ["Component", "Describe how it is now", "Level now", "Rests on"]
    assert rows[8:11] == [
        ["Context, needs and mandate"],
        ["Vision, strategy and objectives"],
        ["Leadership"],
    ]
    assert len(rows) == 8 + 15


def test_text_is_asked_for_before_the_level() -> None:
    asked = [(field.frame, field.name) for field in FIELDS["ratings"]]

    assert asked.index(("now", "text")) < asked.index(("now", "level"))
    assert asked.index(("desired", "text")) < asked.index(("desired", "level"))


def test_the_start_in_retrospect_is_asked_for_at_the_last_occasion_only(demo: Study) -> None:
    heading = "Level at the start, as you see it today"

    assert heading in values(workbook(demo, "ratings", occasion="T6").worksheets[0])[7]
    assert heading not in values(workbook(demo, "ratings", occasion="T5").worksheets[0])[7]


def test_levels_and_reasons_why_there_is_none_can_be_chosen(demo: Study) -> None:
    book = workbook(demo, "ratings", "sv", person="P-K37D")

    assert offered(book, "C9")[3:8] == [
        "3 \N{EN DASH} Etablerat",
        "4 \N{EN DASH} Systematiskt",
        "5 \N{EN DASH} Förnyande",
        "Vet ej",
        "Inte aktuellt för oss",
    ]
    assert len(offered(book, "D23")) == 6


def test_a_person_sees_their_own_organisations_components_and_experiments_and_no_other(demo: Study) -> None:
    own = set(demo.experiments.loc[demo.experiments["organisation"] == "A1", "title"])

    assert set(choices(demo, "experiments", "sv", organisation="A1")) == own
    assert choices(demo, "experiments", "sv") == {}
    assert "A1-C1" in choices(demo, "components", "sv", organisation="A1").values()
    assert "A2-C1" not in choices(demo, "components", "sv", organisation="A1").values()
    assert choices(demo, "organisations", "sv", organisation="A1") == {"Tillståndsverket": "A1"}


def test_components_that_are_called_alike_are_told_apart() -> None:
    study = tiny_study()
    twice = study.components.assign(component="I9", position=2)
    both = study.with_frames(study.frames | {"components": _below(study.components, twice)})

    assert choices(both, "components", "en") == {"Leadership (I3)": "I3", "Leadership (I9)": "I9"}


def _below(first: Any, second: Any) -> Any:
    import pandas as pd  # noqa: PLC0415

    return pd.concat([first, second], ignore_index=True)


@pytest.mark.parametrize("kind", KINDS)
def test_headings_cannot_be_changed_and_every_other_cell_can(demo: Study, kind: TemplateKind) -> None:
    sheet = workbook(demo, kind).worksheets[0]
    top = len(HEADS[kind]) + 2
    first = 2 if kind == "ratings" else 1

    assert sheet.protection.sheet
    assert all(cell.protection.locked for cell in sheet[top] if cell.value)
    assert all(sheet.cell(row, 1).protection.locked for row in range(1, top - 1))
    assert not any(sheet.cell(row, 2).protection.locked for row in range(1, top - 1))
    assert not sheet.column_dimensions["A"].protection.locked
    assert [cell.value for cell in sheet[top]] == [str(field.heading) for field in FIELDS[kind]][: len(sheet[top])]
    assert sheet.cell(top, first).value


def test_the_help_sheet_has_every_components_six_sentences(demo: Study) -> None:
    rows = values(workbook(demo, "ratings")[str(HELP)])

    assert ["Leadership", *demo.instrument.anchors.query("component == 'I3'")["en"]] in rows


def test_choices_are_kept_out_of_sight(demo: Study) -> None:
    assert workbook(demo, "experiment")[LISTS].sheet_state == "hidden"


def test_the_same_template_is_the_same_bytes(demo: Study) -> None:
    first, second = (write_template(demo, kind="reflection", language="sv", person="P-K37D") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_asks_for_the_same_under_headings(demo: Study, kind: TemplateKind) -> None:
    form = docx.Document(BytesIO(write_form(demo, kind=kind, language="en", person="P-K37D", occasion="T6")))
    head = {row.cells[0].text: row.cells[1].text for row in form.tables[0].rows}
    headings = [part.text for part in form.paragraphs if part.style and part.style.name.startswith("Heading")]
    fields = [str(field.heading) for field in FIELDS[kind]]

    assert head["Your code"] == "P-K37D"
    assert list(head) == [str(field.heading) for field in HEADS[kind]]
    assert headings[-1] == str(HELP)
    assert headings[1:9] == fields[1:9] if kind == "ratings" else headings[:-1] == fields


def test_an_empty_document_has_no_words_of_its_own_before_the_help(demo: Study) -> None:
    """So that one handed in empty is known."""
    form = docx.Document(BytesIO(write_form(demo, kind="reflection", language="sv")))
    plain = [part.text for part in form.paragraphs if part.style and part.style.name == "Normal"]

    assert set(plain[: len(FIELDS["reflection"])]) == {""}


def test_a_code_that_the_study_does_not_have_is_refused(demo: Study) -> None:
    with pytest.raises(TemplateError, match="people: no 'P-0'"):
        write_template(demo, kind="ratings", language="sv", person="P-0")
    with pytest.raises(TemplateError, match=r"occasions: no 'T9' in the study\.\nHint: choose one of T1, T2"):
        write_form(demo, kind="ratings", language="sv", occasion="T9")


def test_an_organisation_answers_together_without_a_persons_code(demo: Study) -> None:
    rows = values(workbook(demo, "ratings", organisation="A6").worksheets[0])

    assert rows[:2] == [["Your code"], ["Organisation, if you answer together", "Statens dokumentstyrelse"]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_of_a_kind_is_its_own_and_belongs_to_a_declared_column(kind: TemplateKind) -> None:
    for language in LANGUAGES:
        headings = [field.heading.told(language) for field in FIELDS[kind]]
        assert len(set(headings)) == len(headings)
    assert all(field.column in TABLES[field.table].columns for field in HEADS[kind] + FIELDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_stands_for_a_value_the_table_allows(demo: Study, kind: TemplateKind) -> None:
    for field in FIELDS[kind]:
        if field.choices in FIXED and field.column.allowed:
            assert {value for value, _words in FIXED[field.choices]} <= set(field.column.allowed)
    assert set(choices(demo, "evidence", "sv").values()) == set(TABLES["ratings"]["evidence"].allowed)


def test_what_is_filled_in_stays_as_it_was_written(demo: Study) -> None:
    book = workbook(demo, "ratings", "sv", person="P-K37D")
    sheet = book.worksheets[0]
    sheet["B4"], sheet["B9"], sheet["C9"] = dt.datetime(2026, 1, 28), "=inte en formel\nny rad 🙂", "Vet ej"  # noqa: DTZ001
    sheet["B9"].data_type = "s"
    saved = BytesIO()
    book.save(saved)

    again = openpyxl.load_workbook(saved).worksheets[0]
    assert [again[place].value for place in ("B4", "B9", "C9")] == [
        dt.datetime(2026, 1, 28),  # noqa: DTZ001
        "=inte en formel\nny rad 🙂",
        "Vet ej",
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_beside_a_cell_has_a_title_of_whole_words(
    demo: Study, kind: TemplateKind, language: Language
) -> None:
    """Excel takes 32 characters."""
    rules = workbook(demo, kind, language).worksheets[0].data_validations.dataValidation
    headings = [field.heading.told(language) for field in (*HEADS[kind], *FIELDS[kind])]

    for title in (str(rule.promptTitle) for rule in rules):
        whole, begun = title in headings, title.endswith(" …") and any(h.startswith(f"{title[:-2]} ") for h in headings)
        assert len(title) <= 32
        assert whole or begun


def test_the_help_of_a_document_speaks_of_no_rows(demo: Study) -> None:
    for kind in KINDS:
        form = docx.Document(BytesIO(write_form(demo, kind=kind, language="en")))
        listed = [part.text for part in form.paragraphs if part.style and part.style.name == "List Bullet"]
        assert not [words for words in listed if " row" in words]
