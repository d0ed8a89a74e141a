"""Claiming letters before they are sent, and letting go of those that nobody is certain of."""

from collections.abc import Iterable

from learning.notices.models import NoticeSent


def claim(kind: NoticeSent.Kind, subject_id: str, recipients: Iterable[str]) -> list[int]:
    """Claim a letter of `kind` about an event for each of `recipients` (uuids as text).

    Returns the keys of their letters that wait to be sent, those claimed before included; a letter
    sent once is never among them. Two queries per 500 recipients.
    """
    wanted = list(dict.fromkeys(recipients))
    NoticeSent.objects.bulk_create(
        [NoticeSent(kind=kind, recipient=one, subject_id=subject_id) for one in wanted],
        ignore_conflicts=True,
        batch_size=500,
    )
    waiting: list[int] = []
    for start in range(0, len(wanted), 500):
        batch = NoticeSent.objects.waiting().filter(
            kind=kind, subject_id=subject_id, recipient__in=wanted[start : start + 500]
        )
        waiting += batch.values_list("pk", flat=True)
    return waiting


def release(notice: int) -> bool:
    """Let an uncertain letter be sent again, on somebody's word; False when it is not uncertain."""
    uncertain = NoticeSent.objects.uncertain().filter(pk=notice)
    return bool(uncertain.update(state=NoticeSent.State.CLAIMED))
