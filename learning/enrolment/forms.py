"""What a learner is asked when she starts a course."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.people.models import Area


class StartForm(forms.Form):
    """Asks for the country, which decides the cohort, where it is not known."""

    country = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Country you work in"),
        help_text=_("It decides which programme counts you."),
        empty_label=_("Choose …"),
    )

    def __init__(self, *args: Any, known: Area | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None:
            del self.fields["country"]
        else:
            countries = Area.objects.filter(kind=Area.Kind.COUNTRY)
            self.fields["country"].queryset = countries  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Area:
        return self.known or self.cleaned_data["country"]
