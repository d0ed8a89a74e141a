"""The certificate on paper, read back from the PDF by other programs."""

import io
import re
import subprocess

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from learning.certificates.addressing import certificate_address
from learning.certificates.freezing import LANGUAGES
from learning.certificates.keys import from_text, public_key_of
from learning.certificates.models import Grade
from learning.certificates.printing import (
    Text,
    language_of,
    names_in_order,
    page_of,
    pdf_of,
    sheet_of,
    with_breaks,
)
from learning.certificates.signing import LONGEST_CODE
from learning.certificates.verifying import read_code
from modules.printing.rendering import FONT_FACES, render
from tests.learning.certificates.conftest import SEED
from tests.learning.certificates.ed25519 import verifies
from tests.learning.certificates.samples import LONG_NAMES, WORDS, sample

FULL = {"grade": Grade.ATTENDANCE, "names": LONG_NAMES, "demo": True, "signatories": 2}
A4_LANDSCAPE = (841.89, 595.28)  # points


def printed(language: str, **kinds) -> bytes:
    return render(page_of(sample(**kinds), language), sheet_of(1))


def picture(pdf: bytes, dots: int, *options: str) -> Image.Image:
    command = ["pdftoppm", "-r", str(dots), *options, "-"]  # not packed: that takes the longest
    result = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(result.stdout))


def text_of(pdf: bytes) -> str:
    command = ["pdftotext", "-", "-"]
    words = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kinds", [{}, FULL], ids=["short", "full"])
def test_paper_is_one_tagged_page_with_our_fonts_alone(language, kinds):
    pdf = printed(language, **kinds)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        size = tuple(round(float(x), 2) for x in page.mediabox[2:])
        assert size == pytest.approx(A4_LANDSCAPE, abs=0.01)
        assert document.Root.Lang == language
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.Title).startswith(WORDS[language]["title"][bool(kinds)])
        metadata = document.Root.Metadata.read_bytes()
    assert re.search(rb"pdfuaid:part[^0-9]*1", metadata)
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    lines = fonts.stdout.decode().splitlines()[2:]
    families = {family.replace(" ", "-") for family, _weight in FONT_FACES}
    assert all(line.split("+")[1].startswith(tuple(families)) for line in lines), lines
    assert all("yes yes yes" in line for line in lines), lines


def test_paper_says_what_was_frozen_and_no_mark():
    text = text_of(printed("en"))

    for words in (
        *("Certificate of Achievement", "Nasreen Gul", "Governance of social protection systems"),
        *("5.5 hours", "Self-paced e-learning", "Test after the course, passed", "Pakistan"),
        *("Issued electronically; valid without signature.", "Number PK-CASC-COOR-2026-000123-Y"),
    ):
        assert words in text
    assert "Demo" not in text
    assert "does not attest" not in text


def test_attendance_says_that_nothing_was_assessed():
    text = text_of(printed("en", **FULL))

    assert "This certificate of attendance does not attest assessed learning." in text
    assert "Demo data: this person is invented" in text
    assert "Commissioner" in text
    assert "valid without signature" not in text


def ink_between_text_and_frame(pdf: bytes) -> bool:
    """Whether anything is drawn in the margins, left and right of all text."""
    paper = picture(pdf, 96).convert("L")
    margins = [(60, 130, 110, 660), (1015, 130, 1060, 660)]
    return any(paper.crop(box).getextrema()[0] < 255 for box in margins)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_out_of_the_frame_or_into_the_code(language):
    pdf = printed(language, **FULL)

    assert not ink_between_text_and_frame(pdf)
    assert zxingcpp.read_barcode(picture(pdf, 150)) is not None


VENUE = (
    "Regional Training Centre of the Employees’ Social Security Institution, Satellite Town, near"
    " the District Courts, Rawalp"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_place_of_a_session_stays_above_the_signature(language):
    certificate = sample(**FULL)
    facts = certificate.facts[language]
    facts["form"] = f"Training session, {VENUE}"
    facts["required"] += ", 70% 70% 70%"
    pdf = render(page_of(certificate, language), sheet_of(1))

    left, right = (811, 1001) if language == "ur" else (122, 312)
    above = picture(pdf, 96).convert("L").crop((left, 612, right, 619))

    assert len(VENUE) == 120  # what a venue may have
    assert above.getextrema() == (255, 255)
    assert not ink_between_text_and_frame(pdf)


@pytest.mark.parametrize("language", ["km", "lo"])
def test_long_line_without_spaces_breaks(monkeypatch, language):
    certificate = sample()
    verb = certificate.facts[language]["verb"].replace(" ", "")
    certificate.facts[language]["verb"] = verb * 5

    assert not ink_between_text_and_frame(render(page_of(certificate, language), sheet_of(1)))

    monkeypatch.setattr("learning.certificates.printing.with_breaks", lambda text: text)
    assert ink_between_text_and_frame(render(page_of(certificate, language), sheet_of(1)))


@pytest.mark.parametrize(("language", "mode"), [("en", []), ("ur", []), ("km", ["-gray"])])
def test_code_is_read_back_and_verified_in_other_hands(certificate, language, mode):
    pdf = pdf_of(certificate, language)

    code = zxingcpp.read_barcode(picture(pdf, 150, *mode))

    address, _mark, signed = code.text.partition("#")
    line, _tilde, signature = signed.rpartition("~")
    assert address == certificate_address(certificate.token)
    assert len(code.text.encode()) <= LONGEST_CODE
    message = f"{certificate.token}~{line}".encode()
    assert verifies(public_key_of(SEED), message, from_text(signature))
    assert certificate.serial in line.split("~")
    assert read_code(code.text).genuine is True


def test_code_in_black_and_white_alone(certificate):
    code = zxingcpp.read_barcode(picture(pdf_of(certificate, "en"), 150, "-mono"))

    assert code.text.startswith(certificate_address(certificate.token))


def test_printing_again_gives_the_same_document():
    assert printed("ur") == printed("ur")


def test_paper_is_made_once_and_kept(certificate, monkeypatch):
    first = pdf_of(certificate, "en")
    monkeypatch.setattr("modules.printing.rendering.render", lambda html, sheet: b"again")

    assert pdf_of(certificate, "en") == first
    assert pdf_of(certificate, "ur") == b"again"


def test_hostile_name_is_a_name():
    name = "<img src=file:///etc/passwd><b>Robert</b> {{ 7 }} {% now 'Y' %}"
    html = page_of(sample(names={"Latn": name}), "en")

    assert "&lt;img src=file:///etc/passwd&gt;&lt;b&gt;Robert&lt;/b&gt; {{ 7 }}" in html
    assert "<b>Robert" not in html


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["N", "ن", "ខ"]),
        ("ur", ["ن", "N", "ខ"]),
        ("km", ["ខ", "N", "ن"]),
        ("lo", ["N", "ن", "ខ"]),
    ],
)
def test_the_name_in_the_script_of_the_page_comes_first(language, order):
    assert names_in_order({"Arab": "ن", "Latn": "N", "Khmr": "ខ"}, language) == order


def test_text_in_another_script_says_so():
    assert str(Text("Valid", "en")) == "Valid"
    assert str(Text("<نام>", "en")) == '<span lang="ur" dir="rtl">&lt;نام&gt;</span>'
    assert str(Text("PK-1", "ur")) == '<span lang="en" dir="ltr">PK-1</span>'
    assert language_of("نمبر PK-1") == "ur"


def test_khmer_and_lao_get_places_to_break():
    khmer = "វិញ្ញាបនបត្រការចូលរួមនេះ"

    assert with_breaks("A name") == "A name"
    assert "\u200b" in with_breaks(khmer)
    assert with_breaks(khmer).replace("\u200b", "") == khmer
    assert str(Text(khmer, "km")) == khmer
    assert str(Text(khmer, "km", on_paper=True)) == with_breaks(khmer)
