"""What is asked before papers are printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.cascade.stickers import HIGHEST


class StickersForm(forms.Form):
    """From which sticker to which one; what does not fit is printed as usual."""

    first = forms.IntegerField(label=_("From number"), min_value=1, max_value=HIGHEST)
    last = forms.IntegerField(label=_("To number"), min_value=1, max_value=HIGHEST)

    def __init__(self, data: Any, *, usual_last: int) -> None:
        usual = {"from": 1, "to": usual_last}
        given = data if data and {"from", "to"} & set(data) else usual
        super().__init__({"first": given.get("from", 1), "last": given.get("to", usual_last)})
        self.usual = (1, usual_last)

    def chosen(self) -> tuple[int, int]:
        """The first and the last number, in this order."""
        if not self.is_valid():
            return self.usual
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return min(first, last), max(first, last)
