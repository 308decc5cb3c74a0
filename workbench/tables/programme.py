"""The programme: who takes part, when they meet, and what is talked about."""

from __future__ import annotations

from workbench.columns import Table, choice, date, identity, refer, text, whole, wrote

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
