"""The list behind a number of the page about forms: who took which form, and what each got."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from learning.attempts.charting import cut
from learning.attempts.itemising import Taken
from learning.people.roles import AnyUser
from learning.reporting.halves import Asked, day_of
from learning.reporting.listing import link_to, managed_keys
from learning.reporting.tables import Cell, Column, Kind, Row, Table


def sitters_table(
    user: AnyUser,
    taken: Sequence[Taken],
    question: Asked | None,
    about: Sequence[tuple[str, str]],
    title: str = "",
) -> Table:
    """With the mark in the one question, or in the whole test; one query."""
    linked = managed_keys(user, [one.sitting.enrolment.person_id for one in taken])
    label = _("Right in this question") if question else _("Right in the test")
    return Table(
        name="form-people",
        title=title or _("First tests before the course"),
        columns=(
            Column("name", _("Name"), Kind.TEXT),
            Column("form", _("Form"), Kind.TEXT),
            Column("day", _("Day"), Kind.DAY),
            Column("share", label, Kind.PERCENT, _("Of the full mark, cut.")),
        ),
        rows=tuple(_row(one, question, linked) for one in taken),
        about=tuple(about),
    )


def _row(taken: Taken, question: Asked | None, linked: Collection[int]) -> Row:
    person = taken.sitting.enrolment.person
    marks = [m.mark for m in taken.marks if question in {None, Asked(m.question, m.n)}]
    got = sum((mark.got or Fraction(0) for mark in marks), Fraction(0))
    full = sum((mark.full for mark in marks), Fraction(0))
    return Row(
        (
            Cell(person.name(), link_to(person, linked)),
            Cell(taken.sitting.form_label),
            Cell(day_of(taken.sitting)),
            Cell(cut(got / full) if full else None),
        )
    )
