"""Choosing among the sessions that somebody sees."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.cascade.models import EventFact, EventQuerySet
from learning.people.models import Programme


class SessionFilter(forms.Form):
    """State and programme, as the address has them; what makes no sense there chooses nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *EventFact.What.choices],
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, data: Any, seen: EventQuerySet) -> None:
        """`seen`: the sessions to choose among; one query for their programmes."""
        super().__init__(data, auto_id="filter-%s")
        programmes = Programme.objects.filter(cohorts__event__in=seen.values("pk")).distinct()
        choices = [("", _("all")), *((one.code, str(one)) for one in programmes)]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]
        self.seen = seen

    def chosen(self) -> EventQuerySet:
        """The sessions that fit, those that begin last first."""
        self.is_valid()
        fits = Q()
        if state := self.cleaned_data.get("state"):
            fits &= Q(("state", state))
        if programme := self.cleaned_data.get("programme"):
            fits &= Q(cohort__programme__code=programme)
        return self.seen.with_all_it_needs().filter(fits).order_by("-cohort__opens", "-pk")

    @property
    def chooses(self) -> bool:
        """Whether anything is chosen at all; after `chosen`."""
        return any(self.cleaned_data.values())
