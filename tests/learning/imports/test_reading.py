import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learning.imports.errors import BadFile
from learning.imports.reading import MOST_PEOPLE, Table, read_table
from tests.learning.imports.making import csv_of, rows, workbook_of

LIST = [["Name", "Sex"], ["نسرین گل", "f"], ["Ali Khan", "m"]]


def refusal(data: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read_table(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        csv_of(*LIST),
        csv_of(*LIST, delimiter=";", encoding="utf-8-sig"),
        csv_of(*LIST, delimiter="\t", encoding="utf-16"),
        csv_of(*LIST, encoding="utf-16-le"),
        csv_of(*LIST, encoding="utf-16-be"),
        workbook_of(*LIST),
    ],
)
def test_a_list_is_read_whatever_its_format(data):
    assert read_table(data) == Table(LIST)


def test_what_says_no_alphabet_is_read_as_windows_1256_and_that_is_told():
    lines = [["Name"], ["علي خان"]]

    table = read_table(csv_of(*lines, encoding="cp1256"))

    assert table.rows == lines
    assert "Windows-1256" in table.remark


def test_rows_keep_their_numbers_and_lose_their_empty_ends():
    data = b"\r\nName,Sex,,\r\n,,\r\nAli Khan,m,,\r\n,,,\r\n\r\n"

    assert read_table(data).rows == [[], ["Name", "Sex"], [], ["Ali Khan", "m"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (b",,,\r\n,\r\n", "The file is empty."),
        (b"# only a remark\r\n", "The file is empty."),
        (csv_of(LIST[0]), "The list has headings but no people below them."),
        (csv_of(LIST[0], ["# Example", "f"]), "The list has headings but no people below them."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "This is an old or a locked Excel file.",
        ),
        (b"%PDF-1.7 ...", "This file is no list of text."),
        (b"\x89PNG\r\n\x1a\n", "This file is no list of text."),
        (b"Name\0Sex", "This file is no list of text."),
        (b"Name\x07", "This file is no list of text."),
        (b"\xef\xbb\xbf <html><table>", "This is a web page under another name."),
        (b"\xff\xfeN\0a\0m", "Some letters of this file are broken."),
        (b'"' + b"x" * 200_000, "A quotation mark in this file has no end"),
        (b"\n" * 20_001, "The file is empty."),
        (b"a\n" * 20_001, "The list has more than 5,000 people."),
        (b"Name" + b"," * 70 + b"x\r\nAli Khan", "The list has more than 60 columns."),
    ],
)
def test_each_kind_of_bad_file_is_told_in_one_sentence(data, message):
    assert refusal(data).startswith(message)


def test_the_most_people_are_read_and_one_more_are_not():
    most = [["Name", "Sex", "Organisation", "Area", "E-mail"], *rows(MOST_PEOPLE)]

    assert len(read_table(csv_of(*most)).rows) == MOST_PEOPLE + 1
    assert refusal(csv_of(*most, ["One More"])).startswith("The list has more than 5,000 people.")
    assert refusal(csv_of(*most[1:], ["One More"])).startswith("The list has more than 5,000")


def cells_or_refusal(data: bytes) -> list[str]:
    try:
        return [cell for line in read_table(data).rows for cell in line]
    except BadFile as refused:
        return [str(refused)]


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b"\xfe\xff\xd8\x00")
def test_any_bytes_are_a_list_or_are_refused_in_words(data):
    found = cells_or_refusal(data)

    assert any(found)
    assert "\0" not in "".join(found)
