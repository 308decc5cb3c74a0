"""Questions to the codings, built of small parts with ``&`` (and), ``|`` (or) and ``~`` (not).

Such as ``code("COND_TIME") & during("T3") & overlapping(code("FEEL_FRUSTRATION"))``. This form and not a language of
its own: every part is a Python value that can be named, put together and tested; the editor completes it; a wrong word
is an error where it stands; and what is printed is the question as it was asked, to stand under the table it gave.
"""

from workbench.coding.query.among import QueryError
from workbench.coding.query.conditions import (
    about,
    attribute,
    code,
    coder,
    during,
    kind,
    organisation,
    person,
    phase,
    saying,
    under,
    written,
)
from workbench.coding.query.expression import Query
from workbench.coding.query.relations import (
    around,
    earlier_than,
    followed_by,
    in_entry_with,
    later_than,
    near,
    overlapping,
    preceded_by,
    within,
)

__all__ = [
    "Query",
    "QueryError",
    "about",
    "around",
    "attribute",
    "code",
    "coder",
    "during",
    "earlier_than",
    "followed_by",
    "in_entry_with",
    "kind",
    "later_than",
    "near",
    "organisation",
    "overlapping",
    "person",
    "phase",
    "preceded_by",
    "saying",
    "under",
    "within",
    "written",
]
