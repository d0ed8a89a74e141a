"""Answer slips as PDF: one for each sticker and some to spare, on A5 or two on A4."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learning.cascade.entering import papers_of
from learning.cascade.models import Event
from learning.cascade.pack import Place
from learning.cascade.papers import dates_in, short_name
from learning.cascade.printing import LANGUAGES, dotted_code, pdf_of
from learning.cascade.slips import corner_mark, drawing_of, example_drawing, imposed, sides_of
from learning.cascade.stickers import NO_CODE, slip_text
from learning.certificates.printing import RIGHT_TO_LEFT, Text
from modules.papers.naming import read_test

MOST_LANGUAGES = 3  # of the instructions: more do not fit above the answers


@dataclass(frozen=True)
class Side:
    """One side of a slip; `n` is which one, from 1. A spare slip has no code."""

    n: int
    code: str
    name: Text
    text: str  # of its code for scanners

    @property
    def style(self) -> str:
        """The class of its printed code."""
        return f"s{self.code or 'pare'}"


def slips_pdf(
    event: Event,
    purpose: str,
    label: str,
    language: str,
    places: Sequence[Place],
    *,
    spare: int = 0,
    with_names: bool = False,
    two_a_sheet: bool = True,
) -> bytes:
    """The slips of these places and `spare` ones without a code; about ten queries.

    Raises `LookupError`: no such form.
    """
    rtl = language == RIGHT_TO_LEFT
    faces = sides_of(papers_of(event)[label])
    codes = [(place.code, _name(place, language, with_names=with_names)) for place in places]
    spares = [("", Text("", language))] * spare
    slips = [
        [
            Side(n, code, name, slip_text(event.uuid, purpose, label, code or NO_CODE))
            for n, _face in enumerate(faces, 1)
        ]
        for code, name in (*codes, *spares)
    ]
    context = {
        "title": short_name(event, language),
        "when": dates_in(event, language),
        "purpose": purpose,
        "wave": (read_test(purpose) or ("", 0))[1],
        "label": label,
        "faces": [data_uri(drawing_of(face, rtl=rtl)) for face in faces],
        "mark": data_uri(corner_mark()),
        "sides": len(faces),
        "example": data_uri(example_drawing(rtl=rtl)),
        "pictures": {slip[0].style: dotted_code(slip[0].text) for slip in slips},
        "how": instructions(languages_on(event, language)),
        "sheets": imposed(slips) if two_a_sheet else [(side,) for slip in slips for side in slip],
        "two_a_sheet": two_a_sheet,
    }
    return pdf_of("slips", language, context)


def _name(place: Place, language: str, *, with_names: bool) -> Text:
    known = with_names and place.person and not place.person.is_anonymous
    return Text(place.person.name(language) if known and place.person else "", language)


def languages_on(event: Event, language: str) -> list[str]:
    """That of the paper, English, and those in which the session is held; three at most."""
    wanted = (language, "en", *event.languages)
    return [one for one in dict.fromkeys(wanted) if one in LANGUAGES][:MOST_LANGUAGES]


def instructions(languages: Sequence[str]) -> list[tuple[str, str, str]]:
    """Language, direction and words; a language into which they are not translated is left out."""
    found: dict[str, str] = {}
    for language in languages:
        with translation.override(language):
            found[language] = _(
                "Fill the circle of your answer. To change it, cross it out and fill another one."
                " Circles in a frame: several can be right. Write words and numbers on the lines"
                " and in the boxes. The grey part is for the trainer."
            )
    english = found.get("en")
    return [
        (language, "rtl" if language == RIGHT_TO_LEFT else "ltr", words)
        for language, words in found.items()
        if language == "en" or words != english
    ]


def data_uri(drawing: bytes) -> SafeString:
    """A drawing as the address of a picture."""
    return SafeString(f"data:image/png;base64,{b64encode(drawing).decode()}")
