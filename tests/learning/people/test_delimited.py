import pytest

from learning.people.delimited import split_rows


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_cells_are_parted_by_tabs_semicolons_or_commas(sign):
    assert split_rows(f"Name{sign}Sex\nAli{sign}male\n") == [["Name", "Sex"], ["Ali", "male"]]


def test_the_first_line_decides():
    text = "Name;Organisation\nAli;Labour, Health, Punjab\n"

    assert split_rows(text)[1] == ["Ali", "Labour, Health, Punjab"]


def test_remarks_and_blank_lines_do_not_decide():
    text = '"# Sex: female, male, another"\n\n;;\nName;Sex\n'

    assert split_rows(text)[3] == ["Name", "Sex"]


def test_excel_says_the_sign_itself():
    assert split_rows("sep=;\r\nKhan, Ali;male\r\n") == [["Khan, Ali", "male"]]


def test_quoted_cells_hold_signs_and_line_ends():
    assert split_rows('"Khan, ""Ali""",male\n"a\nb",f') == [['Khan, "Ali"', "male"], ["a\nb", "f"]]


def test_one_column_is_a_list_too():
    assert split_rows("Ali\nSana") == [["Ali"], ["Sana"]]


def test_a_cell_without_an_end_is_refused():
    with pytest.raises(ValueError, match="field larger"):
        split_rows('"' + "x" * 200_000)
