"""What is asked before papers are printed. What does not fit is printed as usual."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.cascade.pack import SPARE_SLIPS
from learning.cascade.stickers import HIGHEST

MOST_SPARE = 10  # slips without a code in one file


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
        self.full_clean()
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first is None or last is None:
            return self.usual
        return min(first, last), max(first, last)


class SlipsForm(StickersForm):
    """The same for answer slips, with how many to spare, names or none, two on A4 or A5."""

    spare = forms.IntegerField(
        label=_("To spare, without a code"), min_value=0, max_value=MOST_SPARE
    )
    names = forms.BooleanField(label=_("with names"), required=False)
    size = forms.ChoiceField(
        label=_("Paper"), choices=[("a4", _("two on A4, to be cut")), ("a5", _("A5"))]
    )

    def __init__(self, data: Any, *, usual_last: int) -> None:
        super().__init__(data, usual_last=usual_last)
        given = data or {}
        self.data = {
            **self.data,
            "spare": given.get("spare", SPARE_SLIPS),
            "names": given.get("names", ""),
            "size": given.get("size", "a4"),
        }

    def how(self) -> dict[str, Any]:
        """What `slips_pdf` asks for, beside the places."""
        self.full_clean()
        data = self.cleaned_data
        return {
            "spare": data.get("spare", SPARE_SLIPS),
            "with_names": bool(data.get("names")),
            "two_a_sheet": data.get("size") != "a5",
        }
