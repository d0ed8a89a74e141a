"""Questions of the bank as a file, with a list of what the file cannot hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from modules.interchange.banking import banked
from modules.interchange.drafts import Draft, Remark, Verdict, held_all
from modules.interchange.formats import FORMATS
from modules.interchange.holding import in_language

ALL = "all"  # languages, in formats that can hold several


@dataclass(frozen=True)
class Export:
    """What goes out and what stays; `remarks` carry the key of their question."""

    drafts: tuple[Draft, ...]
    remarks: tuple[Remark, ...]
    format: str
    lang: str

    @property
    def data(self) -> bytes:
        return FORMATS[self.format].write(self.drafts, "" if self.lang == ALL else self.lang)

    @property
    def file_name(self) -> str:
        return f"questions-{self.lang}.{FORMATS[self.format].ending}"


def make_export(keys: Iterable[str], name: str, lang: str) -> Export:
    """The questions `keys` in a format and a language, or in `ALL`; three queries."""
    form = FORMATS[name]
    found = banked(keys, newest=False)
    remarks: list[Remark] = []
    spoken: list[Draft] = []
    for key, question in found.items():
        if question.draft is None:
            remarks.append(Remark(Verdict.LOST, "unfinished", key=key))
        elif lang == ALL:
            spoken.append(question.draft)
        elif one := in_language(question.draft, lang):
            spoken.append(one)
        else:
            remarks.append(Remark(Verdict.LOST, "no_language", key=key))
    spoken.sort(key=lambda draft: draft.category)
    held = list(held_all(spoken, form.hold))
    remarks += [remark for one in held for remark in one.losses]
    if held and not form.keeps_keys:
        remarks.append(Remark(Verdict.LOST, "part_names"))
    drafts = tuple(one.draft for one in held if one.draft)
    return Export(drafts, tuple(remarks), name, lang)
