from modules.loading.prose import (
    HEADING,
    PARAGRAPH,
    TABLE,
    names_its_source,
    pieces,
    quotations,
    reading_of,
    word_count,
)

TEXT = """## Head
A paragraph
in two lines. [E]

- one (own)
  goes on (own)
- two
1. three

| A | B |
|---|---|
| 1 | 2 |
"""


def test_a_text_in_pieces_with_their_lines():
    assert [(piece.kind, piece.line) for piece in pieces(TEXT)] == [
        (HEADING, 0),
        (PARAGRAPH, 1),
        (PARAGRAPH, 4),
        (PARAGRAPH, 6),
        (PARAGRAPH, 7),
        (TABLE, 9),
    ]
    assert "\n".join(piece.text for piece in pieces(TEXT)) == TEXT.replace("\n\n", "\n").strip()


def test_which_ends_name_a_source():
    for text in ("So it is. [E]", "So. [W12a][GK] ", "So. [E](own)", "So. (calc)\n"):
        assert names_its_source(text), text
    for text in ("So it is.", "So [E] it is.", "So. (owner)", "So. [Q]"):
        assert not names_its_source(text), text


def test_words_are_what_is_read():
    assert word_count("- **Two words** … [E][W31] (own)") == 2
    assert word_count("[[term:social protection|Protection]] – 72% of it") == 4


def test_quotations_in_all_marks():
    found = list(quotations('He: "no,\nnot now".\n\n“Yes.”\n\n> a block\n> of two lines'))

    assert found == [(0, "no, not now"), (3, "Yes."), (5, "a block of two lines")]


def test_sentences_end_where_the_next_begins():
    reading = reading_of(['One two three. "Four five?" Six, at 1.3 of it! [E]'])

    assert (reading.words, reading.sentences, reading.paragraphs) == (10, 3, 1)


def test_headings_and_tables_are_no_sentences():
    assert reading_of(["## A head\n\n| one | two |\n|---|---|\n| a | b |\n\nThree words here."])[
        :3
    ] == (*(3, 1, 1),)


def test_a_paragraph_of_long_sentences_is_an_exception():
    easy, hard = " ".join(["word"] * 17) + ".", " ".join(["word"] * 18) + "."

    assert reading_of([easy]).exceptions == 0
    assert reading_of([hard]).exceptions == 1
    assert reading_of([f"{easy[:-1].capitalize()}. Word."]).exceptions == 0


def test_a_paragraph_with_two_new_terms_is_an_exception():
    assert reading_of(["[[term:a]] and [[term:b]]."]).exceptions == 1
    assert reading_of(["[[term:a]].", "[[term:a]] and [[term:b|others]]."]).exceptions == 0


def test_nothing_to_read():
    reading = reading_of([])

    assert (reading.average, reading.share) == (0, 0)
