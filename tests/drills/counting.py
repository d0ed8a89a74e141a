"""Reads what a drill left in the database. Called on the site's own data: see `Ground.run`."""

from typing import Any

from django.db import connection

from learning.attempts.models import Answer, Sitting
from learning.attempts.scoring import in_force
from learning.certificates.models import Certificate
from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.progress.models import StepDone
from modules.questions.models import QuestionVersion


def answers(sittings: list[str]) -> dict[str, Any]:
    """Every stored answer, which of them are in force, and whether the database is whole."""
    rows = list(Answer.objects.filter(sitting__uuid__in=sittings).select_related("sitting"))
    return {
        "stored": [
            {
                "id": str(row.pk),
                "sitting": str(row.sitting.uuid),
                "position": row.position,
                "captured": row.captured_at.isoformat(),
                "received": row.received_at.isoformat(),
                "device": str(row.device),
                "seq": row.device_seq,
                "response": row.response,
            }
            for row in rows
        ],
        "in_force": {uuid: in_force_of(uuid) for uuid in sittings},
        "integrity": integrity(),
    }


def ends(sittings: list[str]) -> dict[str, Any]:
    """How each sitting ended and what it came to, with its paper and the frozen questions."""
    rows = Sitting.objects.filter(uuid__in=sittings).prefetch_related("scoring_runs")
    return {
        "sittings": {str(row.uuid): end_of(row) for row in rows},
        "versions": {f"{v.key}.{v.n}": v.content for v in QuestionVersion.objects.all()},
    }


def end_of(sitting: Sitting) -> dict[str, Any]:
    return {
        "handed_in_by": sitting.handed_in_by,
        "paper": sitting.paper,
        "runs": [
            {
                "got": [run.num, run.den],
                "full": [run.full_num, run.full_den],
                "unmarked": run.unmarked,
                "by_outcome": run.by_outcome,
            }
            for run in sitting.scoring_runs.all()
        ],
    }


def in_force_of(uuid: str) -> dict[int, str]:
    """By position."""
    chosen = in_force(Sitting.objects.get(uuid=uuid).answers.all())
    return {position: str(answer.pk) for position, answer in chosen.items()}


def integrity() -> str:
    """ "ok", or what SQLite says is broken. PostgreSQL ends its own checks at the start."""
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return "; ".join(row[0] for row in cursor.fetchall())


def rows_of(people: list[int]) -> dict[int, dict[str, int]]:
    """How many rows each person has in the tables where one press must make one."""
    return {person: rows_of_one(person) for person in people}


def rows_of_one(person: int) -> dict[str, int]:
    sittings = Sitting.objects.filter(enrolment__person=person)
    return {
        "enrolments": Enrolment.objects.filter(person=person).count(),
        "facts": EnrolmentFact.objects.filter(enrolment__person=person).count(),
        "sittings": sittings.count(),
        "runs": sum(sitting.scoring_runs.count() for sitting in sittings),
        "steps": StepDone.objects.filter(enrolment__person=person).count(),
        "certificates": Certificate.objects.filter(person=person).count(),
    }
