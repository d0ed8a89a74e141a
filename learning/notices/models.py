"""That a letter about an event goes to a person, and how far it has come."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

IN_HAND = timedelta(minutes=10)  # longer than any mail server takes to answer


class NoticeQuerySet(models.QuerySet["NoticeSent"]):
    def waiting(self) -> "NoticeQuerySet":
        """Certainly not sent, and still to be."""
        return self.filter(state=NoticeSent.State.CLAIMED)

    def uncertain(self) -> "NoticeQuerySet":
        """Given to the mail server without an answer: perhaps sent."""
        return self.filter(state=NoticeSent.State.SENDING, tried_at__lt=timezone.now() - IN_HAND)


class NoticeSent(models.Model):
    """One letter to one person about one event. The row is there before the letter is."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation to open an account")
        ENROLLED = "enrolled", _("news of an enrolment")
        REVIEWS = "reviews", _("coursework of others to mark")
        MARKED = "marked", _("news of a mark of coursework")
        FILE_REFUSED = "file_refused", _("news of an infected file")
        WAVE = "wave", _("news of a test some months after a course")

    class State(models.TextChoices):
        CLAIMED = "claimed", _("waits to be sent")
        SENDING = "sending", _("given to the mail server")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")
        DROPPED = "dropped", _("not needed any more")

    kind = models.CharField(max_length=12, choices=Kind)
    recipient = models.CharField(max_length=36, help_text=_("UUID of the person."))
    subject_id = models.CharField(max_length=64, help_text=_("Which event it is about."))
    state = models.CharField(max_length=8, choices=State, default=State.CLAIMED)
    claimed_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "recipient", "subject_id"], name="one_letter_per_event_and_person"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="sent_letter_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_uncertain(self) -> bool:
        """Whether the letter may be out without our knowing."""
        return self.state == self.State.SENDING and not self.is_in_hand

    @property
    def is_in_hand(self) -> bool:
        """Whether it is being sent, or will be at any moment: no reason to worry yet."""
        moment = {self.State.CLAIMED: self.claimed_at, self.State.SENDING: self.tried_at}
        since = moment.get(self.State(self.state))
        return since is not None and since > timezone.now() - IN_HAND
