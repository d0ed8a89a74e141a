"""A certificate on paper: its frozen texts, laid out as one page A4 landscape."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import batched, groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learning.certificates.addressing import certificate_address
from learning.certificates.frames import frame, mark
from learning.certificates.models import Certificate
from learning.certificates.signing import code_text
from learning.people.models import SCRIPT_OF_LANGUAGE
from modules.printing.scripts import RIGHT_TO_LEFT, language_of, with_breaks

KEEP_SECONDS = 600
MOST_TOGETHER = 50  # certificates in one file: some five seconds, and ten where others work too
AT_A_TIME = 20  # of them laid out together, which takes a quarter less than one by one
# Characters up to which a text is set in a size; longer ones in the last.
NAME_SIZES = {"huge": 18, "large": 28, "medium": 44, "small": 10_000}
ALSO_SIZES = {"large": 36, "medium": 48, "small": 10_000}
COURSE_SIZES = {"large": 48, "medium": 80, "small": 10_000}
# Of the column beside it: issuer, hours and place, dates, what was asked for, quality.
ASIDE_SIZES = {"large": 340, "medium": 430, "small": 10_000}
OUTCOMES_SIZES = {"large": 380, "medium": 620, "small": 10_000}
ASIDE = ("issuer", "hours", "form", "dates", "issued", "assessment", "required", "quality")
# One pattern for all codes: trying out all eight takes as long as a fifth of the page, and what is
# signed is as good as random, so none of them reads better than another.
MASK = 3


@dataclass(frozen=True)
class Text:
    """A text as one page shows it: what is in another script than the page says so.

    On paper it also tells where Khmer and Lao may break, which browsers know themselves.
    """

    words: str
    page_language: str
    on_paper: bool = False

    @property
    def language(self) -> str:
        return language_of(self.words)

    def __html__(self) -> str:
        words = with_breaks(self.words) if self.on_paper else self.words
        if self.language == self.page_language:
            return format_html("{}", words)
        direction = "rtl" if self.language == RIGHT_TO_LEFT else "ltr"
        return format_html('<span lang="{}" dir="{}">{}</span>', self.language, direction, words)

    def __str__(self) -> str:
        return self.__html__()

    def __bool__(self) -> bool:
        return bool(self.words)


def size_of(length: int, sizes: Mapping[str, int]) -> str:
    return next(name for name, most in sizes.items() if length <= most)


def names_in_order(names: Mapping[str, str], language: str) -> list[str]:
    """The name in the script of the page, if there is one, else in Latin; then the others."""
    order = [SCRIPT_OF_LANGUAGE[language], "Latn", *names]
    return [names[script] for script in dict.fromkeys(order) if script in names]


def texts(value: Any, language: str, *, on_paper: bool = False) -> Any:
    """Frozen facts with every text of them made a `Text`."""
    if isinstance(value, str):
        return Text(value, language, on_paper)
    if isinstance(value, Mapping):
        return {name: texts(part, language, on_paper=on_paper) for name, part in value.items()}
    return [texts(part, language, on_paper=on_paper) for part in value]


def total(parts: Iterable[str]) -> int:
    return sum(map(len, parts))


def aside_length(facts: Mapping[str, Any], language: str) -> int:
    """Characters of the column beside the text; those of Nastaliq stand in taller lines."""
    length = total(facts[part] for part in ASIDE)
    return length * 6 // 5 if language == RIGHT_TO_LEFT else length


def in_columns(outcomes: Sequence[str]) -> list[Sequence[str]]:
    """The outcomes as one or two columns of about the same height, in their order."""
    lengths = [len(outcome) for outcome in outcomes]
    first = min(
        range(1, len(outcomes) + 1),
        key=lambda n: (max(sum(lengths[:n]), sum(lengths[n:])), -n),
        default=0,
    )
    return [column for column in (outcomes[:first], outcomes[first:]) if column]


def page_of(certificate: Certificate, language: str) -> str:
    """The HTML of the certificate in `language`."""
    facts = certificate.facts[language]
    name = names_in_order(certificate.names, language)[0]
    title = f"{facts['title']}: {name}, {facts['course']}"
    return document_of([certificate], language, title, facts)


def document_of(
    certificates: Iterable[Certificate],
    language: str,
    title: str,
    about: Mapping[str, Any] | None = None,
) -> str:
    """The HTML of certificates of one design; `about` is what the file says of a single one."""
    papers = [(one.template_version, paper_of(one, language)) for one in certificates]
    context = {
        "language": language,
        "direction": "rtl" if language == RIGHT_TO_LEFT else "ltr",
        "title": title,
        "about": about,
        "papers": [paper for _version, paper in papers],
    }
    return render_to_string(f"certificates/design_{papers[0][0]}.html", context)


def paper_of(certificate: Certificate, language: str) -> SafeString:
    """What stands on the page of the certificate, as HTML."""
    facts = certificate.facts[language]
    names = names_in_order(certificate.names, language)
    also = names[1] if len(names) > 1 else ""
    context = {
        "plain": facts,
        "facts": texts(facts, language, on_paper=True),
        "columns": texts(in_columns(facts["outcomes"]), language, on_paper=True),
        "name": Text(names[0], language, on_paper=True),
        "also": Text(also, language, on_paper=True),
        "also_size": size_of(len(also), ALSO_SIZES),
        "name_size": size_of(len(names[0]), NAME_SIZES),
        "course_size": size_of(len(facts["course"]), COURSE_SIZES),
        "outcomes_size": size_of(total(facts["outcomes"]), OUTCOMES_SIZES),
        "aside_size": size_of(aside_length(facts, language), ASIDE_SIZES),
        "code": code_picture(certificate),
        "place": f"{urlsplit(settings.SITE_URL).netloc}/verify/",
    }
    design = f"certificates/design_{certificate.template_version}_paper.html"
    return SafeString(render_to_string(design, context))


def code_picture(certificate: Certificate) -> SafeString:
    """The printed code as the address of a drawing.

    A drawing of lines, not a picture of dots: on a printer that knows black and white alone a
    picture is made of specks, and at 150 dots an inch one code in five could be read.
    """
    address = certificate_address(certificate.token)
    text = code_text(address, certificate.statement, certificate.signature)
    code = segno.make(text, error="m", mask=MASK, boost_error=False, micro=False)
    return SafeString(code.svg_data_uri(border=0, dark="#000", omitsize=True))


@cache
def sheet_of(template_version: int) -> str:
    """The stylesheet of a design, with its drawings in it."""
    path = settings.BASE_DIR / f"templates/certificates/design_{template_version}.css"
    sheet = path.read_text(encoding="utf-8")
    return sheet.replace('"FRAME"', f'"{frame()}"').replace('"MARK"', f'"{mark()}"')


def pdf_of(certificate: Certificate, language: str) -> bytes:
    """The certificate as PDF; made once and kept for ten minutes, and the same whenever it is made.

    Only for certificates in force: the paper cannot say what has happened since.
    """
    # Importing WeasyPrint takes a second, which only those who print should wait.
    from modules.printing.rendering import render  # noqa: PLC0415

    html, sheet = page_of(certificate, language), sheet_of(certificate.template_version)
    key = f"certificate:{sha256((html + sheet).encode()).hexdigest()}"
    kept = shared_cache.get(key)
    if kept is None:
        kept = render(html, sheet)
        shared_cache.set(key, kept, KEEP_SECONDS)
    return kept


def pdf_of_all(certificates: Sequence[Certificate], language: str, title: str) -> bytes:
    """At most `MOST_TOGETHER` certificates as one PDF, a page each, in the order given; not kept.

    Raises `ValueError` for more, and for none.
    """
    from modules.printing.rendering import render_together  # noqa: PLC0415 (as above)

    if not 1 <= len(certificates) <= MOST_TOGETHER:
        raise ValueError(f"{len(certificates)} certificates in one file")
    pages = [
        (document_of(part, language, title), sheet_of(version))
        for version, alike in groupby(certificates, attrgetter("template_version"))
        for part in batched(alike, AT_A_TIME)
    ]
    return render_together(pages, title)
