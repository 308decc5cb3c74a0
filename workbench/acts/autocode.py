"""A rule's run: what it proposed and a researcher kept, coded under the rule's name."""

from __future__ import annotations

import pandas as pd

from workbench.acts.codings import code_spans
from workbench.acts.memos import write_memo
from workbench.coding.autocoding import Rule
from workbench.errors import Fault
from workbench.store.draft import Act, Draft


def autocode(rule: Rule, spans: pd.DataFrame) -> Act:
    """Code what is left of a rule's proposals, as one act that is undone as one.

    What the rule is stands in a memo of kind method about its code, whose author is the rule's coder: so it is in the
    study's tables wherever its codings are, in a frozen copy too. It is written once for each definition, and the
    researcher who ran the rule is the event's actor.

    Parameters
    ----------
    rule : Rule
    spans : DataFrame
        entry, start, end, code: from `workbench.coding.preview`, without the rows that were rejected.

    Returns
    -------
    Act
        Refused when nothing is left, a span has another code than the rule's, or as `code_spans` is.
    """

    def plan(draft: Draft) -> None:
        if spans.empty:
            rule_, cure = "a run codes at least one span", "leave it, or keep a row of the preview"
            raise draft.refused(Fault("spans", 0, "", "no rows", rule_, cure))
        for code in spans["code"].drop_duplicates() if "code" in spans else []:
            if code != rule.code:
                cure = "take its rows away, or give them a rule of their own"
                raise draft.refused(Fault("spans", 0, "code", str(code), f"{rule.coder} gives {rule.code}", cure))
        code_spans(spans, coder=rule.coder).plan(draft)
        if not draft.find("memos", author=rule.coder, text=rule.definition):
            write_memo("method", rule.definition, code=rule.code, author=rule.coder).plan(draft)

    return Act("autocode", plan, rule.definition)
