"""What a writer makes of an author's text."""

import re
from dataclasses import replace

import pytest
from django.utils.html import strip_tags

from modules.editions.questions import printed, with_runs
from modules.editions.shared import terms
from modules.editions.writing import Writer, terms_of
from modules.reference.entries import Entry
from modules.reference.models import GlossaryTerm
from tests.modules.questions.samples import definition, in_set


@pytest.fixture
def writer(matter) -> Writer:
    writer = Writer(matter)
    writer.begin("3")
    return writer


def test_a_table_is_named_after_the_heading_before_it(writer):
    html = writer.prose("## Rates\n\nOf today.\n\n| A | B |\n|---|---|\n| 1 | 2 |")

    assert "<caption><b>Table 3.1.</b> Rates</caption>" in html


def test_a_table_does_not_repeat_the_heading_right_above_it(writer):
    text = "## Plan\n\n### Steps\n\n| A | B |\n|---|---|\n| 1 | 2 |"

    assert "<caption><b>Table 3.1.</b></caption>" in writer.prose(text)
    writer.begin("")
    assert "<caption" not in writer.prose(text)


def test_headings_have_names_of_their_own(writer):
    html = writer.prose("## One\n\n## Two")

    assert html.count('id="part-') == 2
    assert 'id="part-1"' in html
    assert 'id="part-2"' in html


def test_a_term_is_indexed_once_in_each_lesson_and_explained_at_the_end(writer):
    first = writer.prose("A [[term:fund]] and a [[term:fund|till]].")
    writer.begin("4")
    second = writer.prose("Again a [[term:fund]].")

    assert first.count('href="#term-fund"') == 2
    assert first.count('id="use-') == 1
    assert second.count('id="use-') == 1
    assert [len(entry.places) for entry in writer.index()] == [2]


def test_index_and_glossary_stand_in_the_order_of_the_dictionary(matter):
    words = ["گرانٹ", "اجرت", "پنشن", "اپیل"]
    entries = tuple(
        Entry(GlossaryTerm(key=f"term-{n}", term=f"term {n}"), GlossaryTerm(term=word))
        for n, word in enumerate(words)
    )
    writer = Writer(replace(matter, lang="ur", entries=entries))
    writer.prose(" ".join(f"[[term:term-{n}]]" for n in range(len(words))))

    glossary = terms(writer).html
    in_order = ["اپیل", "اجرت", "پنشن", "گرانٹ"]
    assert [entry.term for entry in writer.index()] == in_order
    assert sorted(words, key=glossary.index) == in_order


def test_without_a_glossary_a_term_is_a_word(matter):
    writer = Writer(matter, explains=False)

    assert writer.prose("A [[term:fund|till]].") == "<p>A till.</p>"
    assert writer.index() == ()


def test_what_is_cited_is_remembered(writer):
    writer.part("question", question=None)
    assert writer.cited == set()

    writer.block(writer.matter.lessons[0], writer.matter.lessons[0].of("text")[0])
    assert writer.cited == {"E", "own"}


def test_marks_that_follow_one_another_do_not_run_together(writer):
    html = writer.prose("One. [W1](own) Two. [E]")

    marks = re.findall(r"<sup[^>]*>(.*?)</sup>", html)
    assert [strip_tags(mark) for mark in marks] == ["W1", "\u00a0own", "E"]


def test_a_sentence_inside_a_line_is_no_paragraph(writer):
    assert writer.inline("Plain **bold**.") == "Plain <strong>bold</strong>."


@pytest.mark.parametrize("name", ["question", "keyed"])
def test_the_number_of_a_question_stands_where_it_begins(writer, name):
    asked = [printed(kind, definition(kind), "en", f"1.{kind}") for kind in ("scenario", "single")]

    html = "".join(writer.part(name, question=one, questions=[one], title="") for one in asked)

    words = strip_tags(html).replace("\n", " ")
    assert words.count("1.scenario") == words.count("1.single") == 1
    assert words.index("1.scenario") < words.index(asked[0].case)
    assert words.index(asked[0].case) < words.index(asked[0].stem)


@pytest.mark.parametrize("name", ["question", "keyed"])
def test_a_case_of_several_is_told_once(writer, name):
    asked = with_runs(
        [printed(n, definition("scenario", **in_set(f"What {n}?")), "en", n) for n in "123"]
    )

    html = "".join(writer.part(name, question=one, questions=[one], title="") for one in asked)

    words = strip_tags(html).replace("\n", " ")
    assert words.count(asked[0].case) == 1
    assert words.count("Questions 1 to 3 are about this case.") == 1
    assert words.count("About the case that stands before question 1.") == 2
    assert words.index("Questions 1 to 3") < words.index(asked[0].case) < words.index("What 1?")


def test_what_authors_write_stays_harmless(writer):
    html = writer.prose("<script>x</script> [a](javascript:x) ![b](http://x/y.png)")

    assert "<script" not in html
    assert "javascript" not in html
    assert "<img" not in html


def test_terms_in_the_order_of_their_first_use():
    assert terms_of("[[term:b]] [[term:a|x]] [[term:b|y]]") == ["b", "a"]
