"""Catalogues are compiled when they changed, and only then."""

import gettext
import os

import pytest

from learning.serving.compiling import compile_catalogues

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Lesson"
msgstr "سبق"

#, fuzzy
msgid "Course"
msgstr "سبق"
"""


@pytest.fixture
def po(tmp_path):
    path = tmp_path / "ur" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_new_catalogue_is_compiled_without_its_doubtful_texts(po, tmp_path):
    mo = po.with_suffix(".mo")

    assert compile_catalogues(tmp_path) == [mo]

    with mo.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert (catalogue.gettext("Lesson"), catalogue.gettext("Course")) == ("سبق", "Course")
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]


def test_unchanged_catalogue_is_left_alone(po, tmp_path):
    compile_catalogues(tmp_path)

    assert compile_catalogues(tmp_path) == []


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_newer_and_older_catalogues_are_compiled_again(po, tmp_path, seconds):
    compile_catalogues(tmp_path)
    os.utime(po, (po.stat().st_atime, po.stat().st_mtime + seconds))

    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]


def test_malformed_catalogue_is_named(po, tmp_path):
    po.write_text("This is no catalogue.", encoding="utf-8")

    with pytest.raises(OSError, match=r"django\.po"):
        compile_catalogues(tmp_path)
    assert not po.with_suffix(".mo").exists()
