"""Every table of a study, declared once.

From these declarations come the DataFrame dtypes, the checks on opening, the data dictionary and the
schema of the data package. Order matters: a table comes after the tables it refers to.
"""

from __future__ import annotations

from workbench.columns import Table, choice, date, identity, refer, text, time, truth, whole, wrote

EVIDENCE = "B0 B1 B2 B3 B4 B5"
NEXT_STEPS = "adopt adapt extend pause abandon none"
STATUSES = "idea planned running done partly not_done"
ENTRY_KINDS = "reflection state_description experiment_log interview observation conversation discussion document"

ORGANISATIONS = Table(
    "organisations",
    "An agency or municipality that takes part.",
    "En myndighet eller kommun som deltar.",
    (
        identity("organisation", "Organisation's code", "Organisationens kod"),
        text("name", "Name as shown", "Namn som visas"),
        choice("kind", "agency municipality university company", "Kind of organisation", "Slag"),
        whole("employees", 1, None, "Number of employees", "Antal anställda").optional,
        date("joined", "First day in the study", "Första dag i studien"),
        date("left", "Last day, if it has left", "Sista dag, om den lämnat").optional,
        text("about", "What it does", "Vad den gör").optional,
    ),
    ("organisation",),
)

PEOPLE = Table(
    "people",
    "A pseudonymous participant. Names and e-mails are never here.",
    "En pseudonym deltagare. Namn och e-post finns aldrig här.",
    (
        identity("person", "Random code", "Slumpad kod").personal,
        refer("organisation", "organisations.organisation", "Where the person works", "Personens organisation"),
        choice("role", "participant development_lead sponsor", "Role in the network", "Roll i nätverket").personal,
        date("joined", "First day in the study", "Första dag i studien").personal,
        date("left", "Last day, if the person has left", "Sista dag, om personen lämnat").optional.personal,
    ),
    ("person",),
)

OCCASIONS = Table(
    "occasions",
    "A meeting of one or more days; the time until the next is at home.",
    "Ett möte på en eller flera dagar; tiden till nästa är hemma.",
    (
        identity("occasion", "Occasion's code", "Tillfällets kod"),
        whole("number", 1, None, "Order in time", "Ordning i tiden"),
        text("title_sv", "Theme, in Swedish", "Tema, på svenska"),
        text("title_en", "Theme, in English", "Tema, på engelska"),
        date("starts", "First meeting day", "Första mötesdag"),
        date("ends", "Last meeting day", "Sista mötesdag"),
    ),
    ("occasion",),
    unique=(("number",),),
)

COMPONENTS = Table(
    "components",
    "A part of an innovation management system, from the instrument or an organisation's own.",
    "En del i ett innovationsledningssystem, från instrumentet eller organisationens egen.",
    (
        identity("component", "Component's code", "Komponentens kod"),
        whole("position", 1, None, "Place in the fixed order", "Plats i den fasta ordningen"),
        text("name_sv", "Name in Swedish", "Namn på svenska"),
        text("name_en", "Name in English", "Namn på engelska"),
        choice("block", "PURPOSE CONDITIONS WAYS VALUE", "Building block", "Byggblock").optional,
        choice("arena", "internal ecosystem overall", "Inside, outwards or overall", "Internt, utåt eller samlat"),
        refer("organisation", "organisations.organisation", "Owner, if its own", "Ägare, om den är egen").optional,
        refer("builds_on", "components.component", "Component it starts from", "Komponent den utgår från").optional,
    ),
    ("component",),
    unique=(("position",),),
)

FOCUS = Table(
    "focus",
    "Which components were in focus at which occasion: what is absent here is a planned gap.",
    "Vilka komponenter som var i fokus när: det som saknas här är en planerad lucka.",
    (
        refer("occasion", "occasions.occasion", "Occasion", "Tillfälle"),
        refer("component", "components.component", "Component in focus", "Komponent i fokus"),
    ),
    ("occasion", "component"),
)

DEFINITIONS = Table(
    "definitions",
    "An organisation's own wording of a component, in versions.",
    "Organisationens egen formulering av en komponent, i versioner.",
    (
        identity("definition", "Definition's code", "Definitionens kod"),
        refer("organisation", "organisations.organisation", "Whose words", "Vems ord"),
        refer("component", "components.component", "What is defined", "Det som definieras"),
        whole("version", 1, None, "Version, from 1", "Version, från 1"),
        refer("occasion", "occasions.occasion", "Worded at", "Formulerad vid"),
        text("name", "What they call it", "Vad de kallar det"),
        wrote("text", "Their definition", "Deras definition"),
        wrote("why", "Why it matters to them", "Varför den är viktig för dem").optional,
    ),
    ("definition",),
    unique=(("organisation", "component", "version"),),
)

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

CODES = Table(
    "codes",
    "The codebook's codes.",
    "Kodbokens koder.",
    (
        identity("code", "Code", "Kod"),
        refer("parent", "codes.code", "Family", "Familj").optional,
        text("name_sv", "Name in Swedish", "Namn på svenska"),
        text("name_en", "Name in English", "Namn på engelska"),
        *(
            text(f"{part}_{tongue}", f"{en}, in {in_en}", f"{sv}, på {in_sv}").optional
            for part, en, sv in (
                ("definition", "Definition", "Definition"),
                ("include", "Include", "Ta med"),
                ("exclude", "Exclude", "Ta inte med"),
                ("example", "Example", "Exempel"),
            )
            for tongue, in_en, in_sv in (("sv", "Swedish", "svenska"), ("en", "English", "engelska"))
        ),
        text("since", "Codebook version it came with", "Kodboksversion den kom med"),
        choice("status", "active retired", "Status", "Status"),
        refer("replaced_by", "codes.code", "Code that took its place", "Kod som ersatte den").optional,
    ),
    ("code",),
    file="codebook.yaml",
)

LINEAGE = Table(
    "lineage",
    "How the codebook came to be: one row for each change of its codes.",
    "Hur kodboken blev till: en rad för varje ändring av dess koder.",
    (
        identity("step", "Step's code", "Stegets kod"),
        text("version", "Codebook version it made", "Kodboksversion den gav"),
        date("changed", "Day", "Dag"),
        choice("act", "add rename redefine merge split move retire restore", "What was done", "Vad som gjordes"),
        text("sources", "Codes before, a space between", "Koder före, mellanslag emellan").optional,
        text("targets", "Codes after, a space between", "Koder efter, mellanslag emellan").optional,
        text("reason", "Why", "Varför"),
    ),
    ("step",),
    file="codebook.yaml",
)

CODINGS = Table(
    "codings",
    "A span of an entry's text, a code and a coder. The end is exclusive.",
    "Ett stycke av en antecknings text, en kod och en kodare. Slutet räknas inte med.",
    (
        identity("coding", "Coding's code", "Kodningens kod"),
        refer("entry", "entries.entry", "Entry coded", "Kodad anteckning"),
        whole("start", 0, None, "First code point of the span", "Första kodpunkt"),
        whole("end", 1, None, "Code point after the span", "Kodpunkt efter stycket"),
        wrote("quote", "The words of the span", "Styckets ord"),
        refer("code", "codes.code", "Code", "Kod"),
        text("coder", "Who coded: a person, a rule or a model", "Vem som kodade: person, regel eller modell"),
        time("coded", "When", "När"),
    ),
    ("coding",),
)

SUGGESTIONS = Table(
    "suggestions",
    "A code that a model suggested for a span, once somebody has answered. What is accepted is a coding of its own.",
    "En kod som en modell föreslagit för ett stycke, när någon svarat. Det som godtagits är en kodning för sig.",
    (
        identity("suggestion", "Suggestion's code", "Förslagets kod"),
        refer("entry", "entries.entry", "Entry", "Anteckning"),
        whole("start", 0, None, "First code point of the span", "Första kodpunkt"),
        whole("end", 1, None, "Code point after the span", "Kodpunkt efter stycket"),
        refer("code", "codes.code", "Code suggested", "Föreslagen kod"),
        text("model", "Model, its version and what it learnt from", "Modell, version och vad den lärt av"),
        whole("percent", 0, 100, "Probability the model gave, in percent", "Sannolikhet som modellen gav, i procent"),
        choice("answer", "accepted rejected", "Answer", "Svar"),
        text("coder", "Who answered", "Vem som svarade"),
        time("answered", "When", "När"),
    ),
    ("suggestion",),
    unique=(("entry", "start", "end", "code", "coder"),),
)

ROUNDS = Table(
    "rounds",
    "Several coders code the same entries; until the round is closed none sees another's codings of them.",
    "Flera kodare kodar samma anteckningar; tills omgången stängts ser ingen någon annans kodningar av dem.",
    (
        identity("round", "Round's code", "Omgångens kod"),
        text("title", "Title", "Titel"),
        text("question", "What is to be learnt of it", "Vad den ska visa").optional,
        time("opened", "When it was opened", "När den öppnades"),
        time("closed", "When it was closed; empty: open", "När den stängdes; tomt: öppen").optional,
    ),
    ("round",),
)

ASSIGNMENTS = Table(
    "assignments",
    "An entry that a coder is to code in a round.",
    "En anteckning som en kodare ska koda i en omgång.",
    (
        refer("round", "rounds.round", "Round", "Omgång"),
        refer("entry", "entries.entry", "Entry", "Anteckning"),
        text("coder", "Coder", "Kodare"),
        time("finished", "When the coder was done with it", "När kodaren var klar med den").optional,
    ),
    ("round", "entry", "coder"),
)

DECISIONS = Table(
    "decisions",
    "What coders said of a place that they coded apart, and what became of it: the log of their dialogue.",
    "Vad kodare sade om ett ställe som de kodat var för sig, och vad det ledde till: loggen över deras samtal.",
    (
        identity("decision", "Decision's code", "Beslutets kod"),
        refer("round", "rounds.round", "Round", "Omgång"),
        refer("entry", "entries.entry", "Entry", "Anteckning"),
        whole("start", 0, None, "First code point spoken of", "Första kodpunkt som avses"),
        whole("end", 1, None, "Code point after it", "Kodpunkt efter"),
        refer("code", "codes.code", "Code it is about", "Kod det gäller").optional,
        choice("outcome", "agreed apart codebook open", "What became of it", "Vad det ledde till"),
        text("author", "Researcher", "Forskare"),
        time("decided", "When", "När"),
        wrote("text", "What was said, and why", "Vad som sades, och varför"),
    ),
    ("decision",),
)

MEMOS = Table(
    "memos",
    "A researcher's memo.",
    "En forskares memo.",
    (
        identity("memo", "Memo's code", "Memots kod"),
        choice("kind", "theory method reflexive ethics", "Kind of memo", "Slag av memo"),
        text("author", "Researcher", "Forskare"),
        time("written", "When", "När"),
        refer("entry", "entries.entry", "About this entry", "Om denna anteckning").optional,
        refer("code", "codes.code", "About this code", "Om denna kod").optional,
        wrote("text", "The memo", "Memot"),
    ),
    ("memo",),
)

FINDINGS = Table(
    "findings",
    "A researcher's interpretation.",
    "En forskares tolkning.",
    (
        identity("finding", "Finding's code", "Fyndets kod"),
        text("title_sv", "Title in Swedish", "Titel på svenska"),
        text("title_en", "Title in English", "Titel på engelska"),
        text("text_sv", "Finding in Swedish", "Fynd på svenska"),
        text("text_en", "Finding in English", "Fynd på engelska"),
        choice("audience", "practice research both", "For whom", "För vem"),
        text("author", "Researcher", "Forskare"),
        date("stated", "Stated on", "Formulerat den"),
    ),
    ("finding",),
)

EVIDENCE_ROWS = Table(
    "evidence",
    "What a finding rests on.",
    "Vad ett fynd vilar på.",
    (
        refer("finding", "findings.finding", "Finding", "Fynd"),
        refer("entry", "entries.entry", "Entry it rests on", "Anteckning det vilar på"),
    ),
    ("finding", "entry"),
)

FEEDBACK = Table(
    "feedback",
    "A finding given back to an organisation.",
    "Ett fynd som återförts till en organisation.",
    (
        identity("feedback", "Feedback's code", "Återföringens kod"),
        refer("finding", "findings.finding", "Finding", "Fynd"),
        refer("organisation", "organisations.organisation", "To whom", "Till vem"),
        refer("occasion", "occasions.occasion", "At, or at home after", "Vid, eller hemma efter"),
        choice("channel", "conversation workshop seminar lecture publication", "Channel", "Kanal"),
        date("given", "Day", "Dag"),
        text("note", "Note", "Not").optional,
    ),
    ("feedback",),
)

RESPONSES = Table(
    "responses",
    "What participants answered.",
    "Vad deltagare svarade.",
    (
        identity("response", "Response's code", "Svarets kod"),
        refer("feedback", "feedback.feedback", "To", "På"),
        refer("person", "people.person", "Who", "Vem").personal,
        choice("stance", "agrees differs adds disputes", "Stance", "Hållning"),
        wrote("text", "Answer", "Svar").optional,
        date("responded", "Day", "Dag"),
        text("outcome", "What became of it", "Vad det ledde till").optional,
    ),
    ("response",),
)

CONSENTS = Table(
    "consents",
    "A person's choice for one purpose; the latest holds.",
    "En persons val för ett ändamål; det senaste gäller.",
    (
        refer("person", "people.person", "Who", "Vem").personal,
        choice(
            "purpose",
            "take_part be_quoted organisation_named shared_in_network deep_dive archive_reuse contact_again",
            "Purpose",
            "Ändamål",
        ),
        truth("given", "Yes or no", "Ja eller nej").personal,
        date("decided", "Day", "Dag"),
        text("information", "Version of the information given", "Informationens version"),
    ),
    ("person", "purpose", "decided"),
)

EVENTS = Table(
    "events",
    "Every act on a live study, in order, each chained to the one before.",
    "Varje handling i en levande studie, i ordning, kedjad till den före.",
    (
        whole("sequence", 1, None, "Order", "Ordning"),
        time("at", "When", "När"),
        text("actor", "Who", "Vem", "pseudonymous"),
        text("act", "What", "Vad"),
        whole("concerns", 1, None, "Event undone or done again", "Händelse som ångrats eller gjorts om").optional,
        text("objects", "On what (JSON)", "På vad (JSON)"),
        wrote("before", "Rows before (JSON)", "Rader före (JSON)").optional,
        wrote("after", "Rows after (JSON)", "Rader efter (JSON)").optional,
        text("reason", "Why", "Varför").optional,
        text("hash", "SHA-256 of this event and the hash before", "SHA-256 av händelsen och föregående hash"),
    ),
    ("sequence",),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ORGANISATIONS, PEOPLE, OCCASIONS, COMPONENTS, FOCUS, DEFINITIONS, EXPERIMENTS,
        EXPERIMENT_COMPONENTS, PRACTICES, ENTRIES, ATTRIBUTES, RATINGS, SOURCES, ORIGINS, QUARANTINE,
        CODES, LINEAGE, CODINGS, SUGGESTIONS, ROUNDS, ASSIGNMENTS, DECISIONS, MEMOS, FINDINGS, EVIDENCE_ROWS,
        FEEDBACK, RESPONSES, CONSENTS, EVENTS,
    )
}  # fmt: skip
