"""Files that were made to harm, and files that were merely broken: refused, with the line."""

import io
import stat
import zipfile
from time import perf_counter

import pytest

from modules.interchange import archives
from modules.interchange.archives import Archive, packed
from modules.interchange.detecting import format_of
from modules.interchange.drafts import Refusal
from modules.interchange.formats import FORMATS
from modules.interchange.trees import read_tree

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<quiz><question type="essay"><name><text>&c;</text></name></question></quiz>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz>&x;</quiz>"""
REMOTE = b"""<!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/quiz.dtd"><quiz/>"""


def refusals(read):
    return [(one.code, one.line) for one in read.remarks]


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, REMOTE])
def test_xml_with_entities_or_a_document_type_is_refused(data):
    for name in ("moodle", "qti30"):
        read = FORMATS[name].read(data)
        assert (read.drafts, refusals(read)) == ((), [("xml_with_entities", 1)])


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"<quiz>\n<question>\n</quiz>", "xml_broken", 3),
        (b"<quiz>\n<question>", "xml_broken", 2),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\xff</quiz>', "xml_broken", 2),
        (b'<?xml version="1.0" encoding="no-such-letters"?><quiz/>', "xml_encoding", 1),
        (b"", "xml_broken", 1),
        (b"<html/>", "not_moodle", 1),
        (b"<quiz/>", "no_questions", 0),
        (b"<a>" * 100, "xml_too_large", 1),
    ],
)
def test_broken_xml_is_refused_with_its_line(data, code, line):
    assert refusals(FORMATS["moodle"].read(data)) == [(code, line)]


def test_a_document_with_too_many_elements_is_given_up_early(monkeypatch):
    monkeypatch.setattr("modules.interchange.trees.MOST_ELEMENTS", 10)
    with pytest.raises(Refusal, match="xml_too_large"):
        read_tree(b"<a>" + b"<b/>" * 20 + b"</a>")


def member(path, data=b"x", **attributes):
    info = zipfile.ZipInfo(path)
    for name, value in attributes.items():
        setattr(info, name, value)
    return info, data


def archive_of(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([member("../outside.xml")], "archive_path"),
        ([member("a/../../outside.xml")], "archive_path"),
        ([member("/etc/outside.xml")], "archive_path"),
        ([member("..\\outside.xml")], "archive_path"),
        ([member("C:/outside.xml")], "archive_path"),
        ([member("link", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)],
         "archive_path"),
        ([member("bomb.xml", b"0" * 30_000_000)], "archive_size"),
        ([member(f"{n}.xml") for n in range(archives.MOST_MEMBERS + 1)], "archive_members"),
    ],
)  # fmt: skip
def test_an_archive_that_would_harm_is_refused(members, code):
    data = archive_of(*members)
    started = perf_counter()
    for name in ("qti30", "xlsx", "docx"):
        assert refusals(FORMATS[name].read(data)) == [(code, 0)]
    assert perf_counter() - started < 20


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_two_members_of_one_name_are_refused():
    with pytest.raises(Refusal, match="archive_twice"):
        Archive(archive_of(member("a.xml"), member("a.xml")))


def test_a_member_that_is_larger_than_it_says_is_not_read_on():
    said, real = 10, 3_000_000
    data = archive_of(member("a.xml", b"0" * real)).replace(
        real.to_bytes(4, "little"), said.to_bytes(4, "little")
    )
    with pytest.raises(Refusal, match="archive_broken"):
        Archive(data)["a.xml"]


def test_a_member_that_claims_a_hundred_megabytes_is_not_read():
    data = archive_of(member("a.xml", b"0" * 7))
    at = data.rindex((7).to_bytes(4, "little"))
    claimed = data[:at] + (100 * 2**20).to_bytes(4, "little") + data[at + 4 :]
    with pytest.raises(Refusal, match="archive_size"):
        Archive(claimed)


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing", b"PK\x03\x04" + b"\0" * 400])
def test_a_broken_archive_is_refused(data):
    for name in ("qti30", "xlsx", "docx"):
        assert refusals(FORMATS[name].read(data)) == [("archive_broken", 0)]
    assert format_of(data) == ""


def test_an_archive_of_something_else_is_refused():
    data = packed({"hello.txt": b"hello"})
    codes = {name: FORMATS[name].read(data).remarks[0].code for name in ("qti30", "xlsx", "docx")}
    assert codes == {"qti30": "no_manifest", "xlsx": "no_workbook", "docx": "no_document"}


@pytest.mark.parametrize("name", ["gift", "aiken", "csv"])
@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("one\ntwo\nعربي".encode("cp1256"), "not_utf8", 3),
        (b"one\ntw\x00o", "no_text", 2),
        (b"%PDF-1.7", "no_text", 0),
    ],
)
def test_what_is_no_text_of_ours_is_refused_with_its_line(name, data, code, line):
    assert refusals(FORMATS[name].read(data)) == [(code, line)]


def test_numbers_are_of_a_size_that_numbers_have():
    text = b"::a::How many?{#1e999999999}\n\n::b::How many?{#" + b"9" * 5000 + b"}\n"
    assert refusals(FORMATS["gift"].read(text)) == [("no_number", 1), ("no_number", 3)]


@pytest.mark.parametrize("piece", ["{1:MC:", "{mlang en}", "\\\\(", "&lt;table>"])
def test_a_text_full_of_beginnings_without_ends_takes_no_time(piece):
    text = piece * 400_000
    data = (
        '<quiz><question type="cloze"><name><text>x</text></name>'
        f"<questiontext><text>{text}</text></questiontext></question></quiz>"
    ).encode()
    started = perf_counter()
    assert refusals(FORMATS["moodle"].read(data)) == [("text_too_long", 1)]
    assert perf_counter() - started < 20
