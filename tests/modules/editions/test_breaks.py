"""Where the lines and pages of a book may break, and where never."""

from collections.abc import Iterator

from modules.editions.kinds import Edition
from modules.editions.setting import sheet_of
from modules.printing.rendering import laid_out_book

MM = 96 / 25.4  # pixels
HEIGHT = 723  # points that a page has for its text
MARKS = '<sup class="source"><a href="#source-W1">W1</a></sup><sup class="device">\u00a0own</sup>'


def laid_out(html: str) -> list:
    """The pages of an A4 book, each as the box of its body."""
    page = f'<html lang="en" dir="ltr"><body>{html}</body></html>'
    pages = laid_out_book(page, sheet_of(Edition.ORIENTATION_PACK)).pages
    return [page._page_box.children[0] for page in pages]


def lines_of(page) -> list:
    return [box for box in page.descendants() if type(box).__name__ == "LineBox"]


def pieces_of(line) -> list[str]:
    return [box.text for box in line.descendants() if type(box).__name__ == "TextBox"]


def words_of(line) -> str:
    return "".join(pieces_of(line))


def towards_the_foot(html: str) -> Iterator[list[str]]:
    """The text of each page, while `html` moves down the first one and on to the next."""
    for points in range(HEIGHT - 200, HEIGHT, 7):
        before = f'<p>Before.</p><p style="padding-top: {points - 50}pt">Before.</p>'
        pages = laid_out(before + html)
        yield ["".join(map(words_of, lines_of(page))) for page in pages]


def test_marks_stay_with_the_word_that_they_follow():
    paragraphs = "".join(f"<p>{'word ' * 16}{'i' * n}.{MARKS}</p>" for n in range(40))

    lines = [pieces_of(line) for page in laid_out(paragraphs) for line in lines_of(page)]

    assert sum("W1" in line for line in lines) == 40
    assert not [line for line in lines if line[0] in {"\u2060", "W1", "\u00a0own", "own"}]


def test_a_table_stays_whole_with_its_caption():
    rows = "".join(f"<tr><td>Row {n}.</td></tr>" for n in range(6))
    table = f"<table><caption>Table.</caption>{rows}</table>"
    html = f'<section class="case"><p class="label">Case.</p><p>Story.</p>\n{table}</section>'

    for pages in towards_the_foot(html):
        assert ["Row 0." in page for page in pages] == ["Table." in page for page in pages]
        assert ["Row 0." in page for page in pages] == ["Row 5." in page for page in pages]
        assert ["Row 0." in page for page in pages] == ["Case." in page for page in pages]


def test_no_item_of_a_list_stands_alone():
    html = f"<ul>{''.join(f'<li>Item {n}.</li>' for n in range(5))}</ul>"

    for pages in towards_the_foot(html):
        assert all(page.count("Item") != 1 for page in pages)


def test_an_activity_does_not_begin_with_its_materials_alone():
    html = (
        '<section class="activity"><h2>Play</h2><p class="bring">Bring: cards.</p>'
        f"<h3>Steps</h3><ol>{'<li>Deal.</li>' * 4}</ol></section>"
    )

    for pages in towards_the_foot(html):
        assert all("Deal." in page for page in pages if "Bring" in page)


def test_law_boxes_share_the_rule_between_them():
    html = '<aside class="law"><p>Law.</p></aside>\n' * 2

    (page,) = laid_out(html)
    first, second = (box for box in page.descendants() if box.element_tag == "aside")
    assert abs(first.border_box_y() + first.border_height() - second.border_box_y() - 1.2 * MM) < 1
    assert second.margin_top >= 0  # at the head of a page it would reach into the running head


def test_key_points_stand_beside_their_card():
    points = "".join(f"<li>Point {n}.</li>" for n in range(4))
    rules = "".join(f"<li>Rule {n}.</li>" for n in range(4))
    html = (
        f'<section class="keypoints"><h3>Keep</h3><ul>{points}</ul></section>\n'
        f'<section class="pocket"><p class="label">Card</p><ol>{rules}</ol></section>'
    )

    for pages in towards_the_foot(html):
        counts = {(page.count("Point"), page.count("Rule")) for page in pages}
        assert counts <= {(0, 0), (4, 4)}


def test_a_case_that_goes_on_keeps_off_its_edges():
    html = f'<section class="case">{"<p>In the case.</p>" * 80}</section>'

    for page in laid_out(html):
        first = lines_of(page)[0]
        assert first.position_y > page.content_box_y() + 5


def test_the_last_words_of_a_case_do_not_stand_alone():
    html = (
        f'<section class="case">{"<p>In the case.</p>" * 4}<p class="small">Invented.</p></section>'
    )

    for pages in towards_the_foot(html):
        assert all("In the case." in page for page in pages if "Invented." in page)


def test_words_of_an_option_hang_beside_its_letter():
    html = f'<ul class="options"><li><b class="letter">A</b> {"word " * 40}</li></ul>'

    (page,) = laid_out(html)
    starts = [line.position_x for line in lines_of(page) if "word" in words_of(line)]
    assert len(starts) > 1
    assert set(starts) == {starts[0]}
    assert starts[0] > page.content_box_x() + 10
