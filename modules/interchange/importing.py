"""Taking a file over, once its dry run was seen."""

from typing import Any

from django.db import IntegrityError, transaction

from modules.interchange.errors import Stale
from modules.interchange.planning import Plan, Upload, What, make_plan
from modules.interchange.storing import store


def take_over(upload: Upload, mark: str, *, by: Any) -> Plan:
    """Stores what the plan with this `mark` said: all of it, as drafts that nobody published.

    Raises `Stale`, and stores nothing, when the file or the bank changed since.
    """
    try:
        with transaction.atomic():
            plan = make_plan(upload)
            if plan.mark != mark:
                raise Stale
            for line in plan.lines:
                if line.what in (What.NEW, What.CHANGED) and line.draft:
                    store(line.draft, line.there.rows if line.there else {}, by=by)
    except IntegrityError:
        raise Stale from None  # somebody took over the same file at the same moment
    return plan
