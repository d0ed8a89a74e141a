"""What comes with an answer besides the answer itself."""

import uuid
from typing import Any

from django import forms

LARGEST_SEQ = 2**31 - 1


class AnswerForm(forms.Form):
    """The envelope of an answer. A page without scripts sends the id alone, or nothing."""

    fact = forms.UUIDField(required=False)
    device = forms.UUIDField(required=False)
    seq = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SEQ)
    captured = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%fZ"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("device")) != bool(data.get("seq")):
            raise forms.ValidationError("A device and its count belong together.")
        data["fact"] = data.get("fact") or uuid.uuid4()
        return data
