from datetime import date

import pytest

from learning.notices.letters import enrolled, invitation

PLAIN = {
    "to": "reader@example.org",
    "name": "Nasreen <Gul> & Co",
    "course": "Coordination: who does what",
    "link": "http://localhost:8000/accounts/claim/#4F7KD-9QX2M",
}


def test_the_invitation_says_what_to_do():
    letter = invitation(**PLAIN, language="en", code="4F7KD-9QX2M", until=date(2026, 12, 21))

    assert letter.to == ["reader@example.org"]
    assert letter.subject == "You are enrolled in “Coordination: who does what”"
    assert letter.body.startswith("Dear Nasreen <Gul> & Co,\n\nyour organisation has enrolled you")
    assert "\n\nhttp://localhost:8000/accounts/claim/#4F7KD-9QX2M\n\n" in letter.body
    assert "type 4F7KD-9QX2M. It works once, until 21 December 2026." in letter.body
    assert letter.body.endswith("http://localhost:8000\n")


def test_the_letter_to_an_account_has_no_code():
    letter = enrolled(**PLAIN | {"link": "http://localhost:8000/courses/c/"}, language="en")

    assert "Sign in with your account and begin:\n\nhttp://localhost:8000/courses/c/" in letter.body
    assert "code" not in letter.body


@pytest.mark.parametrize("language", ["en", "ur", "km", "lo"])
def test_letters_are_one_subject_line_in_every_language(language):
    letter = enrolled(**PLAIN | {"course": "Two\nlines"}, language=language)

    assert "\n" not in letter.subject
    assert letter.message()["To"] == "reader@example.org"
