"""Exports of survey tools, with their headings and their ways of writing days."""

from __future__ import annotations

import codecs
import datetime as dt

from tests.loaders.awkward.case import awkward
from tests.loaders.awkward.texttables import lines
from tests.loaders.test_container import packed
from tests.loaders.test_workbook import excel


@awkward(
    "T2/results-survey482716.csv",
    "LimeSurvey",
    (2, 0, 1),
    levels=("P-1 T2 desired 4", "P-1 T2 now 2", "P-2 T2 desired NA", "P-2 T2 now 0"),
    texts=("Vi gick hem.", "N/A är inget svar."),
    refused="Nobody in the study is known by that",
    told=("The study has no column for it", "It may tell who somebody is", "It was taken for an open question"),
)
def what_limesurvey_writes() -> bytes:
    heading = (
        '"id","submitdate","lastpage","startlanguage","seed","token","ipaddr",'
        '"Skatta nuläget [Ledarskap]",'
        '"Skatta önskat läge [Ledarskap]",'
        '"Vad är det viktigaste som har hänt sedan förra tillfället?"'
    )
    rows = (
        '"12","2025-03-29 10:41:06","3","sv","1804289383","P-1","192.0.2.7","2","4","Vi gick hem."',
        '"14","2025-03-30 10:52:40","3","sv","846930886","P-2","192.0.2.8","0","N/A","N/A är inget svar."',
        '"17","","1","sv","1681692777","P-77","192.0.2.9","3","",""',
    )
    return codecs.BOM_UTF8 + lines(heading, *rows).encode()


@awkward(
    "Reflektion_DATA_2025-04-02_0911.csv",
    "REDCap",
    (2, 0, 0),
    levels=("P-1 T2 now 3", "P-2 T2 now DK"),
    texts=("Raden\nbruten, här.", "Kort."),
    told="The study has no column for it",
    mapping={
        "columns": {
            "record_id": "person",
            "reflektion": "text",
            "i3_nu": {"field": "level", "component": "I3", "frame": "now"},
        },
        "values": {"level": {"88": "vet ej"}},
    },
)
def what_redcap_writes() -> bytes:
    heading = (
        "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_survey_identifier,"
        "reflektion_timestamp,reflektion,i3_nu,rum___1,rum___2,reflektion_complete"
    )
    rows = (
        'P-1,t2_arm_1,,,,"2025-03-28 09:12:44","Raden\nbruten, här.",3,0,1,2',
        'P-2,t2_arm_1,,,,"2025-03-28 10:12:44",Kort.,88,1,0,2',
    )
    return lines(heading, *rows).encode()


@awkward(
    "Efter träffen(1-2).xlsx",
    "Microsoft Forms",
    (1, 0, 1),
    texts="Vad hände?\nVi gick hem.\n\nVad gör vi härnäst?\nRinger.",
    refused="Nobody in the study is known by that",
    told="The study has no column for it",
)
def what_microsoft_forms_writes() -> bytes:
    heading = [
        "ID",
        "Starttid",
        "Slutförandetid",
        "E-post",
        "Namn",
        "Senast ändrad",
        "Vad hände?\xa0",
        "Vad gör vi härnäst?\n",
    ]
    begun, ended = dt.datetime(2025, 3, 28, 9, 12, 44), dt.datetime(2025, 3, 28, 9, 31, 2)  # noqa: DTZ001  Excel has no zones
    known = [1, begun, ended, "anna.ek@ena.example", "Anna Ek", None, "Vi gick hem.", "Ringer."]
    unknown = [2, begun, ended, "anonymous", None, None, "Vi stannade.", "Väntar."]

    return excel(lambda sheet: [sheet.append(row) for row in (heading, known, unknown)])


@awkward(
    "Reflektion.csv.zip",
    "Google Forms, ZIP",
    (2, 0, 0),
    texts=("Vi gick hem.", "We went home."),
)
def what_google_forms_writes() -> bytes:
    rows = (
        '"Tidstämpel","Deltagarkod","Din reflektion"',
        '"2025/03/28 2:53:03 em CET","P-1","Vi gick hem."',
        '"2025/03/31 8:53:03 AM GMT+2","P-2","We went home."',
    )
    return packed({"Reflektion.csv": lines(*rows).rstrip("\n").encode()})
