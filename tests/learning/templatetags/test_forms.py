from django import forms

from learning.templatetags.forms import asks_password


class Name(forms.Form):
    name = forms.CharField()


class SignIn(Name):
    password = forms.CharField(widget=forms.PasswordInput)


def test_form_with_a_password_field_asks_for_a_password():
    assert asks_password(SignIn())


def test_form_of_other_fields_does_not():
    assert not asks_password(Name())
