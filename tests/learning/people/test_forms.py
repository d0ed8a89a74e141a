import pytest
from django.test import RequestFactory

from learning.people.forms import AccountForm, ResetCodeForm, SetUpAppForm, SignInForm

FORM = {"username": "learner", "code": "AAAAA-AAAAA", "password1": "x" * 9, "password2": "x" * 9}


def test_labels_are_ours_and_placeholders_are_gone():
    form = SignInForm(request=RequestFactory().get("/"))

    assert [str(field.label) for field in form.visible_fields()] == [
        "Username or e-mail address",
        "Password",
        "Stay signed in on this phone for 30 days",
    ]
    assert "placeholder" not in str(form)


def test_a_new_password_is_compared_with_the_typed_username(db):
    form = ResetCodeForm(FORM | {"username": "abcdefgh9", "password1": "abcdefgh9"})

    assert "too similar to the username" in str(form.errors["password1"])


def test_the_two_passwords_must_be_the_same(db):
    form = ResetCodeForm(FORM | {"password2": "y" * 9})

    assert form.errors["password2"] == ["The two passwords are not the same. Type both again."]


def test_a_missing_second_password_is_asked_for_in_djangos_words(db):
    form = ResetCodeForm(FORM | {"password2": ""})

    assert form.errors["password2"] == ["This field is required."]


def test_an_account_form_alone_makes_nobody():
    with pytest.raises(NotImplementedError):
        AccountForm().make_person()


def test_the_key_is_grouped_in_fours(monkeypatch):
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.get_totp_secret", lambda regenerate: "ABCDEFGHIJ"
    )

    assert SetUpAppForm(user=None).grouped_secret == "ABCD EFGH IJ"
