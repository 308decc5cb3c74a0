"""What researchers make of it: codes, codings, rounds of coding apart, memos."""

from __future__ import annotations

from workbench.columns import Table, choice, date, identity, refer, text, time, whole, wrote

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
