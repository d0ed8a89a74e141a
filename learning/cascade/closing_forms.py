"""What the pages ask that close, verify, return or cancel a session, or cancel a half-day."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeenForm(forms.Form):
    """Carries the last step of the session that the person had before her."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class CancelForm(SeenForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(SeenForm):
    reason = forms.CharField(
        label=_("What is to be put right"),
        max_length=300,
        help_text=_("The trainer reads it on the desk; it stays in the history of the session."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the trainer has to put right.")},
    )


class CancelUnitForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
