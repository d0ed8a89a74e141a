"""`python -m tests.bench.responses`: the report about questions, in a process of its own.

600 tests of 20 questions read from the record and reported; then 100,000, whose rows are written
with SQL and whose responses stand in the table already. Seconds are those of the processor.
"""

import json
import sys
from collections.abc import Callable

import django
from django.db import connection

from tests.bench.statistics import AIM_MB, AIMS, ITEMS, peak_mb, sort_ms, timed

SMALL, LARGE = AIMS


def measure() -> dict[str, float]:
    """Milliseconds of reading the small class, of both reports and of a sort; peak megabytes."""
    from learning.reporting.counting import Wanted, count  # noqa: PLC0415 (after the settings)
    from learning.reporting.keeping import responses_now  # noqa: PLC0415
    from learning.reporting.surveying import survey  # noqa: PLC0415

    cohort = make_tests(SMALL)
    wanted = Wanted("responses", "1.0", "pre")
    enrolments = cohort.enrolments.model.objects.filter(cohort=cohort)

    def report(size: int) -> Callable[[], None]:
        def act() -> None:
            assert survey(count(enrolments, wanted)).analysis.n == size

        return act

    found = {"read_ms": timed(responses_now)}
    report(SMALL)()  # warm, as in daily use
    found[f"ms_{SMALL}"] = timed(report(SMALL))
    enrol_by_sql(cohort, LARGE - SMALL)
    repeat_table(cohort, SMALL)
    found[f"ms_{LARGE}"] = timed(report(LARGE))
    return found | {"sort_ms": sort_ms(), "mb": peak_mb()}


def make_tests(size: int):
    """The cohort whose people handed a test of 20 questions in, with every answer."""
    from learning.enrolment.models import Cohort  # noqa: PLC0415
    from learning.people.models import Programme  # noqa: PLC0415
    from modules.papers.contents import Form, FormQuestion  # noqa: PLC0415
    from tests.learning.reporting.sitting_forms import make_forms, sit_form  # noqa: PLC0415
    from tests.modules.questions.making import make_all  # noqa: PLC0415

    _page, version = make_forms("responses", number=90)
    keys = [f"re-{number}" for number in range(1, ITEMS + 1)]
    make_all(dict.fromkeys(keys, "single"), use="test")
    form = Form.objects.get(course_code="responses", label="A")
    FormQuestion.objects.filter(form=form).delete()
    FormQuestion.objects.bulk_create(
        FormQuestion(form=form, position=position, question_key=key)
        for position, key in enumerate(keys, 1)
    )
    programme = Programme.objects.order_by("pk")[0]
    cohort = Cohort.objects.create(programme=programme, course_version=version)
    sit_form(cohort, "A", [number % (ITEMS + 1) for number in range(size)])
    return cohort


def enrol_by_sql(cohort, times: int) -> None:
    """So many people more: the first of the cohort copied, each with an enrolment."""
    model = cohort.enrolments.order_by("pk")[0]
    last = type(model.person).objects.order_by("-pk")[0].pk
    copy_row(model.person, times, "id", {"id": f"{last} + n", "uuid": UUID})
    last_enrolment = type(model).objects.order_by("-pk")[0].pk
    enrolled = {"id": f"{last_enrolment} + n", "person_id": f"{last} + n", "uuid": UUID}
    copy_row(model, times, "id", enrolled)


UUID = "lower(hex(randomblob(16)))"


def copy_row(row, times: int, key: str, changed: dict[str, str]) -> None:
    """Writes the row again so often; `changed` says columns in SQL, of the number `n`."""
    columns = [field.column for field in row._meta.concrete_fields]
    chosen = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE ns(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM ns WHERE n < %s)"  # noqa: S608
            f' INSERT INTO "{table}" ({named}) SELECT {chosen} FROM ns, "{table}" WHERE {key} = %s',
            [times, row.pk],
        )


def repeat_table(cohort, size: int) -> None:
    """Writes the table again with a sitting for each enrolment, the answers in turn."""
    from dataclasses import replace  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    from learning.reporting import keeping  # noqa: PLC0415

    table, mark = keeping._load()
    rows, sittings = table.rows, table.sittings
    own = np.isin(sittings.enrolment, list(cohort.enrolments.values_list("pk", flat=True)))
    first = int(np.flatnonzero(own)[0])
    enrolments = np.array(sorted(cohort.enrolments.values_list("pk", flat=True)))
    place = first + np.arange(len(enrolments)) % size
    many = type(sittings)(*(column[place] for column in vars(sittings).values()))
    many = replace(many, pk=10**9 + np.arange(len(place)), enrolment=enrolments)
    by_sitting = np.argsort(rows.sitting, kind="stable")
    start = np.searchsorted(rows.sitting[by_sitting], first)
    block = by_sitting[start : start + size * ITEMS].reshape(size, ITEMS)
    chosen = block[place - first].ravel()
    answered = type(rows)(*(column[chosen] for column in vars(rows).values()))
    answered = replace(answered, sitting=np.repeat(np.arange(len(place), dtype=np.int32), ITEMS))
    with keeping._alone():
        keeping._save(type(table)(many, table.questions, answered), mark)


def as_line(found: dict[str, float]) -> str:
    """One line for people."""
    sizes = "; ".join(
        f"{size:,} tests (aim: {AIMS[size]} s): {found[f'ms_{size}']:,.0f} ms, as long as"
        f" {found[f'ms_{size}'] / found['sort_ms']:,.1f} sorts"
        for size in (SMALL, LARGE)
    )
    return (
        f"Report about questions, {sizes}; {found['mb']:.0f} MB (aim: {AIM_MB} MB). Reading"
        f" {SMALL} tests from the record: {found['read_ms']:,.0f} ms."
    )


if __name__ == "__main__":
    django.setup()
    json.dump(measure(), sys.stdout)
