"""What is given back, what is answered and agreed to, and the log of every act."""

from __future__ import annotations

from workbench.columns import Table, choice, date, identity, refer, text, time, truth, whole, wrote

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
