"""Files are what their names say, of the size and types taken, and nothing is unpacked."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from learning.coursework.files import BadUpload, check_upload, tidy_name
from modules.coursework.models import FileType

PDF = b"%PDF-1.7\n%body"
EVERY = FileType.values


def archive(*names: str, first: bytes = b"", sizes: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        if first:
            zipped.writestr("mimetype", first)
        for name in names:
            zipped.writestr(name, b"0" * sizes, zipfile.ZIP_DEFLATED)
    return out.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", first=b"application/vnd.oasis.opendocument.text")
GOOD = {
    "a.pdf": PDF,
    "b.docx": DOCX,
    "c.odt": ODT,
    "d.TXT": "منصوبہ\r\n".encode(),
    "e.jpeg": b"\xff\xd8\xff\xe0rest",
    "f.png": b"\x89PNG\r\n\x1a\nrest",
}


def check(name: str, content: bytes, types=EVERY, most_mb: int = 1):
    return check_upload(SimpleUploadedFile(name, content), types, most_mb)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_known_by_its_name_and_its_bytes(name):
    checked = check(name, GOOD[name])

    assert checked.content == GOOD[name]
    assert checked.kind in {name.rpartition(".")[2].lower(), "jpg"}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("other", GOOD)
def test_the_bytes_of_another_type_are_refused(name, other):
    if name != other and not (name == "d.TXT" and other == "a.pdf"):
        with pytest.raises(BadUpload, match="something else inside"):
            check(name, GOOD[other])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.pdf", b" \n", "The file is empty."),
        ("a.exe", PDF, "This type of file is not taken."),
        ("a.pdf.html", PDF, "This type of file is not taken."),
        ("a.svg", b"<svg onload='x()'/>", "This type of file is not taken."),
        ("pdf", PDF, "This type of file is not taken."),
        ("a.pdf", PDF + b"0" * 1024 * 1024, "larger than 1 MB"),
        ("a.pdf", b"\n" + PDF, "something else inside"),
        ("a.txt", b"MZ\x00\x01", "something else inside"),
        ("a.txt", "قلم".encode("cp1256"), "something else inside"),
        ("a.docx", archive("word/document.xml"), "something else inside"),
        # The bytes hold the time of day, and every process must call the test by the same name.
        pytest.param("a.docx", DOCX[:60], "something else inside", id="the beginning of a docx"),
        (
            "a.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "has macros",
        ),
        ("a.odt", archive("content.xml"), "something else inside"),
        (
            "a.odt",
            archive("content.xml", "Basic/x.xml", first=ODT[38:77]),
            "has macros",
        ),
    ],
)
def test_what_is_not_taken_is_refused_in_words(name, content, words):
    with pytest.raises(BadUpload, match=words):
        check(name, content)


def test_only_the_types_of_the_task_are_taken():
    with pytest.raises(BadUpload, match="Taken are: PDF"):
        check("b.docx", DOCX, types=["pdf"])


def test_an_archive_that_would_swell_is_refused_without_unpacking_it(monkeypatch):
    monkeypatch.setattr("learning.coursework.files.MOST_UNPACKED", 1_000)
    bomb = archive("[Content_Types].xml", "word/document.xml", sizes=501)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)

    assert len(bomb) < 500
    with pytest.raises(BadUpload):
        check("a.docx", bomb)
    assert check("a.docx", DOCX)


def test_an_archive_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr("learning.coursework.files.MOST_PARTS", 1)
    with pytest.raises(BadUpload):
        check("a.docx", DOCX)


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Users\\lubna\\plan.pdf", "plan.pdf"),
        ("pl\u202efdp.exe", "plfdp.exe"),
        ("منصوبہ.pdf", "منصوبہ.pdf"),
        ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
        (" .pdf ", "pdf"),
    ],
)
def test_names_lose_what_could_mislead(name, tidy):
    assert tidy_name(name) == tidy
