"""What participants hand in: texts, levels, experiments and practices, and files' rows."""

from __future__ import annotations

from workbench.columns import Table, choice, date, identity, refer, text, time, whole, wrote

EVIDENCE = "B0 B1 B2 B3 B4 B5"
NEXT_STEPS = "adopt adapt extend pause abandon none"
STATUSES = "idea planned running done partly not_done"
ENTRY_KINDS = "reflection state_description experiment_log interview observation conversation discussion document"

EXPERIMENTS = Table(
    "experiments",
    "Something designed at an occasion and tried at home (moment).",
    "Något som utformats vid ett tillfälle och prövats hemma (moment).",
    (
        identity("experiment", "Experiment's code", "Momentets kod"),
        refer("organisation", "organisations.organisation", "Whose", "Vems"),
        refer("occasion", "occasions.occasion", "Designed at", "Utformat vid"),
        text("title", "Title", "Titel"),
        choice("kind", "improve renew", "Improve (adaptive) or renew (developmental)", "Förbättra eller förnya"),
        wrote("assumption", "We believe that if … then … because …", "Vi tror att om … så … därför att …"),
        wrote("test", "Smallest test", "Minsta test"),
        wrote("sign", "Sign, stated before start", "Tecken, angivet före start").optional,
        choice("status", STATUSES, "Status", "Status"),
        wrote("not_done_reason", "Why not, or not wholly, carried out", "Varför inte eller delvis").optional,
        date("started", "First day", "Första dag").optional,
        date("ended", "Last day", "Sista dag").optional,
        wrote("happened", "What happened", "Vad som hände").optional,
        wrote("learning_innovation", "Learnt about innovation", "Lärdom om innovation").optional,
        wrote("learning_leading", "Learnt about leading it", "Lärdom om att leda den").optional,
        choice(
            "result", "supported partly not_supported inconclusive", "Against the sign", "Jämfört med tecknet"
        ).optional,
        choice("decision", NEXT_STEPS, "Decision", "Beslut"),
        date("decided", "Day of the decision", "Beslutsdag").optional,
        refer("follows", "experiments.experiment", "Experiment it continues", "Moment det fortsätter").optional,
    ),
    ("experiment",),
)

EXPERIMENT_COMPONENTS = Table(
    "experiment_components",
    "Which components an experiment tests.",
    "Vilka komponenter ett moment prövar.",
    (
        refer("experiment", "experiments.experiment", "Experiment", "Moment"),
        refer("component", "components.component", "Component tested", "Komponent som prövas"),
        refer("definition", "definitions.definition", "In whose wording", "I vilken formulering").optional,
    ),
    ("experiment", "component"),
)

PRACTICES = Table(
    "practices",
    "A new way of working that came of it.",
    "Ett nytt arbetssätt som kom ur arbetet.",
    (
        identity("practice", "Practice's code", "Arbetssättets kod"),
        refer("organisation", "organisations.organisation", "Whose", "Vems"),
        choice("kind", "routine function tool process innovation", "Kind of practice", "Slag av arbetssätt"),
        text("title", "Title", "Titel"),
        wrote("description", "What is done now", "Vad som görs nu"),
        choice("status", "in_use trial dropped", "Status", "Status"),
        date("since", "In use since", "I bruk sedan"),
        refer("experiment", "experiments.experiment", "Experiment behind it", "Moment bakom").optional,
        refer("component", "components.component", "Component", "Komponent").optional,
    ),
    ("practice",),
)

ENTRIES = Table(
    "entries",
    "Any text in the log. Positions are Unicode code points, line ends LF.",
    "Varje text i loggen. Positioner är Unicode-kodpunkter, radslut LF.",
    (
        identity("entry", "Entry's code", "Anteckningens kod"),
        refer("organisation", "organisations.organisation", "Whose", "Vems"),
        refer("person", "people.person", "Who wrote or spoke; empty: joint", "Vem; tomt: gemensamt").optional.personal,
        refer("occasion", "occasions.occasion", "At, or at home after", "Vid, eller hemma efter"),
        choice("phase", "meeting home", "At the meeting or at home", "På mötet eller hemma"),
        choice("kind", ENTRY_KINDS, "Kind of entry", "Slag av anteckning"),
        choice("frame", "now desired", "State described", "Läge som beskrivs").optional,
        refer("component", "components.component", "About", "Om").optional,
        refer("experiment", "experiments.experiment", "Log of", "Logg om").optional,
        choice("visibility", "organisation network researchers", "Who may read it", "Vem som får läsa"),
        text("recorder", "Researcher who recorded it", "Forskare som antecknat").optional,
        text("setting", "Place, length, recorded or notes", "Plats, längd, inspelat eller anteckningar").optional,
        time("written", "When it was written", "När den skrevs"),
        choice("language", "sv en", "Language", "Språk"),
        wrote("text", "The words", "Orden"),
    ),
    ("entry",),
)

RATINGS = Table(
    "ratings",
    "A level for a component: a level or a missing code, never both, never neither.",
    "En nivå för en komponent: en nivå eller en bortfallskod, aldrig båda, aldrig ingendera.",
    (
        refer("organisation", "organisations.organisation", "About", "Om"),
        refer("person", "people.person", "Who; empty for consensus", "Vem; tomt vid konsensus").optional.personal,
        refer("occasion", "occasions.occasion", "Rated at", "Skattad vid"),
        refer("component", "components.component", "Component", "Komponent"),
        choice("frame", "now desired then", "State rated", "Läge som skattas"),
        choice("basis", "individual consensus", "Basis", "Grund"),
        whole("level", 0, 5, "Level on the ladder", "Nivå på stegen").optional,
        choice("missing", "DK NA NF ABS WD", "Why there is no level", "Varför nivå saknas").optional,
        choice("evidence", EVIDENCE, "What it rests on", "Vad den vilar på").optional,
        whole("confidence", 1, 3, "How sure, 1 to 3", "Hur säker, 1 till 3").optional,
        date("target", "When the desired state is wanted", "När önskat läge ska nås").optional,
        whole("present", 1, None, "Consensus: how many agreed on it", "Konsensus: hur många som enades").optional,
        whole("returning", 0, None, "Of them, there from the start", "Av dem, med från början").optional,
    ),
    ("organisation", "person", "occasion", "component", "frame", "basis"),
)

ATTRIBUTES = Table(
    "attributes",
    "What else was handed in with an entry: the columns of a file that the study has none for.",
    "Vad som mer lämnades in med en anteckning: en fils kolumner som studien inte har.",
    (
        refer("entry", "entries.entry", "Entry", "Anteckning"),
        text("name", "Heading it stood under", "Rubrik det stod under"),
        wrote("value", "What stood there", "Vad som stod där"),
    ),
    ("entry", "name"),
)

SOURCES = Table(
    "sources",
    "A file that was handed in, kept beside the study under this hash. Its name may hold a person's, and is not here.",
    "En fil som lämnats in, sparad bredvid studien under kontrollsumman. Namnet kan röja en person och står inte här.",
    (
        identity("source", "SHA-256 of its bytes", "SHA-256 av dess byte"),
        text("kind", "Kind of file: csv, xlsx, docx, …", "Slag av fil: csv, xlsx, docx, …"),
        whole("bytes", 0, None, "Size in bytes", "Storlek i byte"),
    ),
    ("source",),
)

ORIGINS = Table(
    "origins",
    "Where an imported row came from. Its code is made of what came in, so that the same is never taken in twice.",
    "Varifrån en importerad rad kom. Koden görs av det som kom in, så att samma sak aldrig tas in två gånger.",
    (
        identity("origin", "Hash of the row as it came in", "Kontrollsumma av raden som den kom in"),
        refer("source", "sources.source", "File", "Fil"),
        text("place", "Sheet, row or heading in the file", "Blad, rad eller rubrik i filen").optional,
        choice("table", "entries ratings experiments", "Table the row is in", "Tabell som raden står i"),
        text("row", "Key of the row", "Radens nyckel"),
    ),
    ("origin",),
)

QUARANTINE = Table(
    "quarantine",
    "A row, or a whole file, that was handed in and not taken; its words stay in the kept file until it is mended.",
    "En rad, eller en hel fil, som lämnats in men inte tagits in; orden ligger i den sparade filen tills den rättats.",
    (
        identity("held", "Hash of the row as it came in", "Kontrollsumma av raden som den kom in"),
        refer("source", "sources.source", "File", "Fil"),
        text("place", "Sheet, row or heading in the file", "Blad, rad eller rubrik i filen").optional,
        text("reason", "Why it was not taken", "Varför den inte togs in"),
    ),
    ("held",),
)
