"""The form of a question in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms.models import WagtailAdminModelForm

from modules.bank.uses import forms_asking
from modules.reference.lists import listed


class QuestionForm(WagtailAdminModelForm):
    def clean_retired(self) -> bool:
        """A form of a test with a question less would be another test."""
        retired: bool = self.cleaned_data["retired"]
        if retired:
            forms = [f"{use.title} {use.label}" for use in forms_asking(self.instance.key)]
            if forms:
                raise ValidationError(
                    gettext("{forms} asks this question. Put another in its place first.").format(
                        forms=listed(forms)
                    )
                )
        return retired
