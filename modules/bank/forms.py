"""The form of a question in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms.models import WagtailAdminModelForm

from modules.bank.uses import coursework_asking, forms_asking, pools_asking
from modules.reference.lists import listed


class QuestionForm(WagtailAdminModelForm):
    def clean_retired(self) -> bool:
        """A form of a test with a question less would be another test, and so would a pool."""
        retired: bool = self.cleaned_data["retired"]
        if retired:
            forms = [f"{use.title} {use.label}" for use in forms_asking(self.instance.key)]
            if forms:
                raise ValidationError(
                    gettext("{forms} asks this question. Put another in its place first.").format(
                        forms=listed(forms)
                    )
                )
            pools = [f"{use.title} {use.key}" for use in pools_asking(self.instance.key)]
            if pools:
                raise ValidationError(
                    gettext(
                        "It is in the pool of {blueprints}. Take it out of the pool first."
                    ).format(blueprints=listed(pools))
                )
            coursework = [f"{use.title} {use.key}" for use in coursework_asking(self.instance.key)]
            if coursework:
                raise ValidationError(
                    gettext(
                        "It is the task of the coursework {keys}. Choose another one there first."
                    ).format(keys=listed(coursework))
                )
        return retired
