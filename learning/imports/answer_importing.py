"""Keeping a list of results for its dry run, and taking it over: all of it, or nothing."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.cascade.entering import Line, Papers, enter_answers, enter_total
from learning.cascade.models import Event
from learning.cascade.planning import lock_open
from learning.cascade.stamping import Stale
from learning.imports.answer_planning import CHANGED, NEW, SAME, Plan, Planned, make_plan
from learning.imports.answer_sheets import AnswerSheet
from learning.imports.errors import NotReady
from learning.imports.storing import forget_later
from learning.people.facts import Fact
from learning.people.models import User


def store_sheet(
    event: Event, purpose: str, rows: list[list[str]], by: User, file_name: str
) -> AnswerSheet:
    """Keep the rows of a list. No result is changed by that."""
    forget_later()
    return AnswerSheet.objects.create(
        event=event, purpose=purpose, rows=rows, uploaded_by=by, file_name=file_name[-120:]
    )


@transaction.atomic
def confirm_sheet(sheet: AnswerSheet, by: User, *, seen: str) -> AnswerSheet:
    """Store every result of the list; confirming twice does it once.

    `seen`: the stamp of the dry run that the person had before her. Raises `Stale` when the list
    would do something else by now, `NotReady` while rows are to be mended, `Refused` for a record
    that is closed; then nothing is changed. Some 25 queries for each result.
    """
    # The lock makes a second press wait; it then finds the list confirmed.
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.confirmed_at is not None:
        return locked
    event = lock_open(sheet.event)
    plan = make_plan(event, locked.purpose, locked.rows or [])
    if plan.stamp != seen:
        raise Stale(
            _(
                "Results were typed or people changed since you looked. Nothing was imported. Look"
                " at the list once more."
            )
        )
    if not plan.is_ready:
        raise NotReady(_("Some rows have to be mended first. Nothing was imported."))
    for one in plan.changing:
        _store(locked, event, one, plan.papers, by)
    _close(locked, plan, by)
    return locked


def _store(sheet: AnswerSheet, event: Event, one: Planned, papers: Papers, by: User) -> None:
    line_id = uuid.uuid5(sheet.uuid, f"row {one.row.row}")
    line = Line(line_id, one.taken, one.label)
    if one.row.is_total:
        enter_total(event, one.current, sheet.purpose, line, one.full, by, Fact.Via.IMPORT)
    else:
        enter_answers(event, one.current, sheet.purpose, line, papers, by, Fact.Via.IMPORT)


def _close(sheet: AnswerSheet, plan: Plan, by: User) -> None:
    """Keep what became of the list, and nothing of its rows."""
    sheet.counts = {state: plan.counts[state] for state in (NEW, CHANGED, SAME)}
    sheet.rows, sheet.confirmed_by, sheet.confirmed_at = None, by, timezone.now()
    sheet.save(update_fields=["counts", "rows", "confirmed_by", "confirmed_at"])


def give_up_sheet(sheet: AnswerSheet) -> bool:
    """Delete a list that is not imported; False when it is."""
    deleted, _rows = AnswerSheet.objects.filter(pk=sheet.pk, confirmed_at=None).delete()
    return bool(deleted)
