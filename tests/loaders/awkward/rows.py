"""Rows whose levels, days, occasions and people are awkward, and texts that somebody has to look at."""
# ruff: noqa: RUF001  dashes

from __future__ import annotations

from tests.loaders.awkward.case import awkward
from tests.loaders.awkward.texttables import PARTED, lines

STORY = "Vi gick hem. Sedan ringde vi dem som hade ringt, och frågade vad de väntade på."


@awkward(
    "skattning.csv",
    "level 7, -1, 99, vet ej, 3-4, blank",
    (4, 2, 2),
    levels=("P-1 T2 now 2", "P-1 T2 then 3", "P-2 T2 then DK", "P-3 T2 now 4"),
    refused="A level is one whole number from 0 to 5",
    told=(PARTED, "It stands for no answer"),
)
def levels_of_every_kind() -> bytes:
    rows = (
        "Person;Tillfälle;Komponent;Läge;Nivå",
        "P-1;2;Ledarskap;nu;2,0",
        "P-1;2;Ledarskap;önskat;7",
        "P-1;2;I3;då;3 – Etablerat",
        "P-2;2;Ledarskap;nu;-1",
        "P-2;2;Ledarskap;önskat;99",
        "P-2;2;Leadership;då;vet ej",
        "P-3;2;Ledarskap;nu; 4 ",
        "P-3;2;Ledarskap;önskat;3-4",
    )
    return lines(*rows).encode()


@awkward("tom nivå.csv", "blank", (0, 0, 1), refused="There is no text")
def a_blank_level() -> bytes:
    return lines("Person,Tillfälle,Komponent,Läge,Nivå", "P-3,2,Ledarskap,då,").encode()


@awkward(
    "både och.csv",
    "both level and missing",
    (0, 0, 1),
    refused="There is both a level and a reason",
)
def both_a_level_and_a_reason_for_none() -> bytes:
    return lines("Person,Tillfälle,Komponent,Läge,Nivå,Bortfall", "P-1,2,Ledarskap,nu,3,Vet ej").encode()


@awkward(
    "datum.csv",
    "four date styles, dates as numbers",
    (6, 0, 0),
    texts=("a", "b", "c", "d", "e", "f"),
    told=(PARTED, "It is a spreadsheet's number for a day"),
)
def days_in_many_styles() -> bytes:
    days = ("2025-03-28", "28/3/2025", "28 mars 2025", "20250328", "March 28, 2025", "45744")
    rows = (f"P-1;{day};{letter}" for day, letter in zip(days, "abcdef", strict=True))
    return lines("Person;Datum;Text", *rows).encode()


@awkward("datum.csv", "3/4/2025 ambiguous", (0, 0, 1), refused="It can be one of two days")
def a_day_that_can_be_two() -> bytes:
    return lines("Person,Datum,Text", "P-1,3/4/2025,Vi gick hem.").encode()


@awkward("datum.csv", "3/4/2025 ambiguous", (2, 0, 0), texts=("Den tredje april.", "Den sista mars."))
def a_day_that_its_neighbour_makes_clear() -> bytes:
    return lines("Person,Datum,Text", "P-1,3/4/2025,Den tredje april.", "P-1,31/3/2025,Den sista mars.").encode()


@awkward(
    "tillfälle.csv",
    "occasion 2 (mars), occasion with junk, 3 eller 4",
    (3, 0, 2),
    texts=("Ett.", "Ett till.", "Två."),
    refused="The study has no such occasion",
    told=("Behind the number stands something", "Nothing tells when it was written"),
)
def occasions_with_junk_behind() -> bytes:
    rows = (
        "Person,Tillfälle,Text",
        "P-1,2 (mars),Ett.",
        "P-3,2 eller så,Ett till.",
        "P-2,Träff 2,Två.",
        "P-1,3 eller 4,Tre.",
        "P-2,7,Fyra.",
    )
    return lines(*rows).encode()


@awkward(
    "personer.csv",
    "unknown person, withdrawn person, person of another organisation",
    (1, 0, 3),
    texts="Känd.",
    refused=("Nobody in the study is known by that", "The person has withdrawn", "The person belongs to A1"),
)
def people_who_cannot_be() -> bytes:
    rows = (
        "Person,Organisation,Datum,Text",
        "P-1,Ena verket,2025-03-28,Känd.",
        "Per Okänd,,2025-03-28,Okänd.",
        "P-4,,2025-03-28,Uttagen.",
        "P-2,Andra verket,2025-03-28,Annans.",
    )
    return lines(*rows).encode()


@awkward(
    "samma.csv",
    "same text under two people",
    (2, 0, 0),
    texts=(STORY, STORY.upper()),
    told="The same text is there from P-1",
)
def one_text_from_two_people() -> bytes:
    return lines("Person,Datum,Text", f'P-1,2025-03-28,"{STORY}"', f'P-2,2025-03-28,"{STORY.upper()}"').encode()


@awkward(
    "",
    "two files for one occasion",
    (2, 0, 0),
    texts=("Den andra.", "Den ena."),
    told=("Another file has a text of the same kind", "Nothing tells when it was written"),
)
def two_files_for_one_occasion() -> dict[str, bytes]:
    return {"P-1 träff 2.txt": b"Den ena.", "P-1 träff 2 (ny).txt": b"Den andra."}


@awkward(
    "dagbok.csv",
    "copied > 60 %",
    (2, 0, 0),
    texts=(STORY, f"{STORY} Nu svarar de."),
    told="84 % of the words stand in the person's previous text",
)
def a_text_copied_from_the_one_before() -> bytes:
    rows = (f'P-2,2025-03-28,"{STORY}"', f'P-2,2025-04-28,"{STORY} Nu svarar de."')
    return lines("Person,Datum,Text", *rows).encode()


@awkward(
    "känsligt.csv",
    "personal identity number, e-mail, phone, name in text",
    (4, 0, 0),
    texts=("Hen, 19121212-1212, ringde.", "Skriv till eva@verket.example.", "Ring 070-123 45 67.", "Så sa Anna Ek."),
    told=(
        PARTED,
        "The text holds what looks like a personal",
        "The text holds an e-mail",
        "The text holds what looks like a phone",
        "The text names somebody",
    ),
)
def who_it_may_be_about() -> bytes:
    texts = ("Hen, 19121212-1212, ringde.", "Skriv till eva@verket.example.", "Ring 070-123 45 67.", "Så sa Anna Ek.")
    return lines("Person|Datum|Text", *(f"P-1|2025-03-28|{text}" for text in texts)).replace("|", "\t").encode()


SWEDISH = (
    "Det var så att vi inte visste vad som skulle hända, och det är något som man måste få säga när man är många. "
)
ENGLISH = "It was that we did not know what would happen, and it is something that one has to be able to say. "


@awkward(
    "två språk.txt",
    "mixed languages",
    texts=f"{SWEDISH * 3}\n\n{ENGLISH * 3}".strip(),
    told="The text is partly Swedish and partly English",
)
def two_languages() -> bytes:
    return f"Person: P-1\nDatum: 2025-03-28\n\n{SWEDISH * 3}\n\n{ENGLISH * 3}".encode()


@awkward("skattning.csv", "twice in one file", (1, 1, 1), levels="P-1 T2 now 2", refused="For this person, occasion")
def a_rating_that_is_there_twice() -> bytes:
    rows = ("P-1,2,I3,nu,2", "P-1,2,I3,nu,2", "P-1,2,I3,nu,3")
    return lines("Person,Tillfälle,Komponent,Läge,Nivå", *rows).encode()
