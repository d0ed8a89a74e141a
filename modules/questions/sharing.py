"""Whether the questions of one set tell the same case."""

from django.db.models import TextField
from django.db.models.functions import Cast

from modules.questions.freezing import plain_lines
from modules.questions.models import Question


def telling_another_case(question: Question) -> list[str]:
    """The keys of those of its set whose case, as last saved, is another in its language.

    Two queries, and one more for each question of the set that has unpublished changes.
    """
    table = question.table
    if not table.get("set"):
        return []
    others = Question.objects.filter(locale=question.locale).exclude(key=question.key)
    # The definition is searched as text, which any database can do; its table decides.
    likely = others.annotate(text=Cast("definition", TextField())).filter(
        text__contains=f'"{table["set"]}"'
    )
    found = []
    for row in likely.order_by("key"):
        saved = row.get_latest_revision_as_object() if row.has_unpublished_changes else row
        own = saved.table
        if own.get("set") == table["set"] and _case(own) != _case(table):
            found.append(row.key)
    return found


def _case(table: dict[str, str]) -> str:
    return plain_lines(table.get("case", "")).strip()
