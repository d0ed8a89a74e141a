"""Many certificates in one file, and what makes one quick: columns, code and frame."""

import io
import re
import subprocess

import pikepdf
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from learning.certificates.addressing import certificate_address
from learning.certificates.frames import HEIGHT, WIDTH, outline
from learning.certificates.issuing import new_token
from learning.certificates.printing import (
    MOST_TOGETHER,
    code_picture,
    in_columns,
    page_of,
    pdf_of_all,
    sheet_of,
)
from modules.printing import rendering
from modules.printing.errors import RenderingFailed
from modules.printing.rendering import LONGEST_PAGE, render, render_together
from tests.learning.certificates.samples import sample
from tests.learning.certificates.test_printing import picture

PEOPLE = ("Aamir", "Bano", "Chand")


def three() -> list:
    """Certificates of three people, each with a token of its own."""
    certificates = [sample(names={"Latn": name}, signatories=2) for name in PEOPLE]
    for certificate in certificates:
        certificate.token = new_token()
    return certificates


def text_of_page(pdf: bytes, page: int) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def test_each_has_its_page_with_its_own_code(monkeypatch):
    monkeypatch.setattr("learning.certificates.printing.AT_A_TIME", 2)
    certificates = three()

    pdf = pdf_of_all(certificates, "en", "Coordination, Faisalabad")

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == len(PEOPLE)
    for number, (certificate, name) in enumerate(zip(certificates, PEOPLE, strict=True), 1):
        page = ["-f", str(number), "-l", str(number)]
        code = zxingcpp.read_barcode(picture(pdf, 150, *page))
        assert code.text.startswith(certificate_address(certificate.token))
        assert name in text_of_page(pdf, number)


def test_the_file_is_tagged_titled_and_holds_each_font_once():
    pdf = pdf_of_all(three(), "ur", "Coordination, Faisalabad")

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 3
        assert document.Root.Lang == "ur"
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.Title) == "Coordination, Faisalabad"
        assert "/Subject" not in document.docinfo  # the number of the first would be misleading
        assert re.search(rb"pdfuaid:part[^0-9]*1", document.Root.Metadata.read_bytes())
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    lines = fonts.stdout.decode().splitlines()[2:]
    assert all("yes yes yes" in line for line in lines), lines
    assert len({line.split()[0] for line in lines}) == len(lines)


def test_the_same_certificates_give_the_same_bytes():
    certificates = three()

    first, again = (pdf_of_all(certificates, "en", "Once more") for _ in range(2))

    assert first == again


@pytest.mark.parametrize("many", [0, MOST_TOGETHER + 1])
def test_no_file_without_pages_and_none_that_takes_too_long(many):
    with pytest.raises(ValueError, match="in one file"):
        pdf_of_all([sample()] * many, "en", "Too many")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_bounds_hold_for_many_pages_too(monkeypatch):
    with pytest.raises(RenderingFailed, match="characters"):
        render_together([("x", ""), ("x" * (LONGEST_PAGE + 1), "")], "Long")

    monkeypatch.setattr(rendering, "SECONDS_TOGETHER", 0.2)
    page = page_of(sample(), "en"), sheet_of(1)
    with pytest.raises(RenderingFailed, match="longer than"):
        render_together([page] * 100, "Slow")


def test_pages_are_laid_out_without_reading_whom_the_machine_trusts(monkeypatch):
    rendering.fetcher()
    monkeypatch.setattr("ssl.create_default_context", None)

    assert render("<html lang=en><title>x</title>x</html>", "").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("lengths", "columns"),
    [
        ([], []),
        ([9], [1]),
        ([5, 5], [1, 1]),
        ([5, 5, 5, 5, 5], [3, 2]),  # where they cannot be equal the first is longer
        ([90, 10, 10, 10], [1, 3]),
        ([10, 10, 10, 90], [3, 1]),
    ],
)
def test_outcomes_stand_in_columns_of_about_one_height(lengths, columns):
    assert [len(column) for column in in_columns(["x" * n for n in lengths])] == columns


@given(st.lists(st.text(min_size=1, max_size=9), max_size=12))
def test_columns_keep_every_outcome_in_its_order(outcomes):
    columns = in_columns(outcomes)

    assert [outcome for column in columns for outcome in column] == outcomes
    assert len(columns) <= 2


def test_every_code_is_read_back():
    certificates = [sample() for _ in range(20)]
    for certificate in certificates:
        certificate.token = new_token()
    codes = "".join(f"<p><img src='{code_picture(each)}'></p>" for each in certificates)
    sheet = "p { break-after: page; margin: 0 } img { inline-size: 30mm }"

    pdf = render(f"<html lang=en><title>x</title>{codes}</html>", sheet)

    for number, certificate in enumerate(certificates, 1):
        page = picture(pdf, 150, "-mono", "-f", str(number), "-l", str(number))
        assert certificate.token in zxingcpp.read_barcode(page).text


def test_frame_goes_round_in_steps():
    path = outline(25.0)

    assert re.fullmatch(r"M25.0 93.0([HV][0-9.]+)+Z", path)
    across = [float(x) for x in re.findall(r"H([0-9.]+)", path)]
    down = [float(y) for y in re.findall(r"V([0-9.]+)", path)]
    assert (min(across), max(across)) == (25.0, round(WIDTH - 25, 1))
    assert (min(down), max(down)) == (25.0, round(HEIGHT - 25, 1))
