"""What the roll sends: a mark for each participant who was called."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.cascade.attending import MAY_BE_PART, Given, Value
from learning.cascade.calling import as_text
from learning.enrolment.models import Enrolment

OLDEST_MARK = 30 * 24 * 3600  # seconds that a mark may wait on a phone
MILLISECONDS = 1000
LONGEST_DAY = 24 * 60  # minutes
MOST_BEFORE = 20  # marks of one person that one page gave
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMES = re.compile(rf"({ID.pattern})-mark")


class MarkForm(forms.Form):
    """The mark of one participant. Its fields begin with the id of the enrolment.

    `seen` is what the page showed before (pages without scripts send everybody's mark). `ago` is
    how many milliseconds the mark has waited on the phone. `rest` says that it was given to all who
    had none. `after`: the ids of marks that the phone gave before.
    """

    mark = forms.ChoiceField(choices=Value.choices)
    minutes = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LONGEST_DAY,
        error_messages={"invalid": _("Write the minutes in digits, such as 90.")},
    )
    fact = forms.UUIDField(required=False)
    seen = forms.CharField(required=False)
    ago = forms.IntegerField(required=False, min_value=0)
    rest = forms.BooleanField(required=False)
    after = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["fact"] = data.get("fact") or uuid.uuid4()
        if data.get("mark") not in MAY_BE_PART:
            data["minutes"] = None
        return data

    def clean_after(self) -> frozenset[uuid.UUID]:
        """What is no id was given by no page of ours, and says nothing."""
        ids = self.cleaned_data["after"].split()[:MOST_BEFORE]
        return frozenset(uuid.UUID(one) for one in ids if ID.fullmatch(one))

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed."""
        seen = self.data.get(self.add_prefix("seen"))
        return seen != as_text(self.cleaned_data["mark"], self.cleaned_data["minutes"])

    @property
    def given_at(self) -> datetime:
        """When the mark was given, by the server's clock: the clock of a phone may be wrong."""
        seconds = (self.cleaned_data["ago"] or 0) / MILLISECONDS
        return timezone.now() - timedelta(seconds=min(seconds, OLDEST_MARK))

    def given_to(self, enrolment: Enrolment) -> Given:
        data = self.cleaned_data
        return Given(
            data["fact"],
            enrolment,
            data["mark"],
            minutes=data["minutes"],
            captured_at=self.given_at,
            if_open=data["rest"],
            after=data["after"],
        )


def marks_sent(data: QueryDict) -> dict[str, MarkForm]:
    """A form for each mark among `data`, by id of the enrolment, bound and not yet checked."""
    ids = [match[1] for name in data if (match := NAMES.fullmatch(name))]
    return {enrolment: MarkForm(data, prefix=enrolment) for enrolment in ids}
