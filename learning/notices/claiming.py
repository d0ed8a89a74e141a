"""Claiming letters before they are sent, and letting go of those that nobody is certain of."""

from collections.abc import Iterable
from itertools import batched

from learning.notices.models import NoticeSent

AT_ONCE = 500  # rows in one statement


def claim(kind: NoticeSent.Kind, subject_id: str, recipients: Iterable[str]) -> list[NoticeSent]:
    """Claim a letter of `kind` about an event for each of `recipients` (uuids as text).

    Returns their letters that wait to be sent, those claimed before included; a letter sent once is
    never among them. Two queries per 500 recipients.
    """
    waiting: list[NoticeSent] = []
    for batch in batched(dict.fromkeys(recipients), AT_ONCE, strict=False):
        NoticeSent.objects.bulk_create(
            [NoticeSent(kind=kind, recipient=one, subject_id=subject_id) for one in batch],
            ignore_conflicts=True,
        )
        waiting += NoticeSent.objects.waiting().filter(
            kind=kind, subject_id=subject_id, recipient__in=batch
        )
    return waiting


def release(notice: int) -> bool:
    """Let an uncertain letter be sent again, on somebody's word; False when it is not uncertain."""
    uncertain = NoticeSent.objects.uncertain().filter(pk=notice)
    return bool(uncertain.update(state=NoticeSent.State.CLAIMED))
