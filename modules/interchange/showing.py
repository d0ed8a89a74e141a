"""A dry run in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from modules.bank.history import FactLine, WordsLine
from modules.bank.naming import kind_label, language_name, path_label, value_label
from modules.interchange.drafts import Verdict
from modules.interchange.planning import Line, Plan, What
from modules.interchange.wording import in_words

LABELS = {
    What.NEW: _("new"),
    What.CHANGED: _("changed"),
    What.SAME: _("as in the bank"),
    What.LEFT: _("stays as it is"),
    What.REFUSED: _("refused"),
}


@dataclass(frozen=True)
class Shown:
    """A line of the report. `why` are refusals, `notes` what was changed on the way in."""

    line: Line
    what: str
    label: str
    kind: str
    stem: str
    why: tuple[str, ...]
    notes: tuple[str, ...]
    facts: tuple[FactLine, ...] = ()
    words: tuple[WordsLine, ...] = ()


def counted(plan: Plan) -> list[tuple[str, str, int]]:
    """How many questions become what; those that none becomes are left out."""
    counts = plan.counts
    return [(what.value, str(LABELS[what]), counts[what]) for what in What if counts[what]]


def show_line(line: Line) -> Shown:
    kind = line.draft.kind if line.draft else ""
    said = [(remark.verdict, in_words(remark, kind)) for remark in line.remarks]
    change = line.change
    return Shown(
        line=line,
        what=line.what.value,
        label=str(LABELS[line.what]),
        kind=kind_label(kind) if kind else "",
        stem=line.draft.stem if line.draft else "",
        why=tuple(words for verdict, words in said if verdict is Verdict.REFUSED),
        notes=tuple(words for verdict, words in said if verdict is not Verdict.REFUSED),
        facts=tuple(
            FactLine(
                path_label(kind, fact.path),
                value_label(fact.path, fact.old),
                value_label(fact.path, fact.new),
            )
            for fact in (change.facts if change else ())
        ),
        words=tuple(
            WordsLine(one.lang, language_name(one.lang), path_label(kind, one.path), one.spans)
            for one in (change.words if change else ())
        ),
    )
