"""The pieces pages are made of, rendered alone."""

import re

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string


class Registration(forms.Form):
    staff_number = forms.CharField(help_text="For example PJ-07-114.")
    e_mail = forms.EmailField(required=False)
    sex = forms.ChoiceField(choices=[("f", "female"), ("m", "male")], widget=forms.RadioSelect)
    keep = forms.BooleanField(label="Stay signed in", required=False)


class SignIn(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput)


def render(name: str, **context) -> str:
    return render_to_string(f"components/{name}.html", context)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return render("field", field=Registration(data)[name])


def test_control_is_named_and_described():
    html = field("staff_number", {"staff_number": ""})
    assert '<label for="id_staff_number">' in html
    described_by = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)[1].split()
    assert described_by == ["id_staff_number_helptext", "id_staff_number_error"]
    assert all(f'id="{name}"' in html for name in described_by)
    assert 'aria-invalid="true"' in html


def test_field_without_error_is_quiet():
    html = field("staff_number")
    assert "wrong" not in html
    assert "_error" not in html


def test_only_voluntary_fields_are_marked():
    assert "(optional)" in field("e_mail")
    assert "(optional)" not in field("staff_number")


def test_radio_buttons_stand_in_a_group_with_a_legend():
    html = field("sex", {"sex": ""})
    assert '<fieldset aria-describedby="id_sex_error">' in html
    assert re.search(r"<legend>\s*Sex\s*</legend>", html)
    assert html.count('<label class="choice">') == 2


def test_checkbox_stands_before_its_label():
    html = field("keep")
    assert html.index("<input") < html.index("<span>Stay signed in</span>")
    assert "(optional)" not in html


def test_form_counts_what_is_wrong():
    one = Registration({"sex": "f"})
    two = Registration({})
    assert "One thing to put right below." in render("form", form=one)
    html = render("form", form=two)
    assert "<b>Not saved yet.</b>" in html
    assert "2 things to put right below." in html
    assert "Nothing is lost." in html


def test_form_shows_errors_of_the_whole_form():
    form = Registration({"staff_number": "1", "sex": "f"})
    form.add_error(None, "This number and this sex do not belong together.")
    html = render("form", form=form, lead="Not registered yet.")
    assert "<b>Not registered yet.</b>" in html
    assert "<p>This number and this sex do not belong together.</p>" in html


def test_form_does_not_claim_to_keep_a_password():
    html = render("form", form=SignIn({}))
    assert "Nothing but the password is lost." in html
    assert "Please type it again" in html


def test_form_without_errors_has_no_summary():
    assert "message" not in render("form", form=Registration())


def test_error_message_is_announced_at_once():
    assert 'role="alert"' in render("message", kind="error", text="The server did not answer.")
    assert 'role="status"' in render("message", kind="ok", text="Saved.")


def test_message_escapes_its_text():
    assert "&lt;i&gt;" in render("message", kind="ok", lead="<i>", text="Saved.")


def test_steps_show_done_begun_and_open_cells():
    html = render("steps", done=2, half=True, total=4, words="2 of 4 lessons")
    cells = '<i class="done"></i><i class="done"></i><i class="half"></i><i></i>'
    assert cells in html
    assert "2 of 4 lessons" in html


def test_steps_of_a_finished_course_are_all_done():
    html = render("steps", done=3, half=True, total=3, words="3 of 3 lessons")
    assert html.count('class="done"') == 3
    assert "half" not in html


def pager(rf, number: int, address: str = "/reports/") -> str:
    page = Paginator(range(45), 20).page(number)
    return render_to_string("components/pager.html", {"page_obj": page}, rf.get(address))


def test_pager_keeps_the_filters_of_the_address(rf):
    html = pager(rf, 2, "/reports/?area=PK-PB&page=2")
    assert 'href="?area=PK-PB&amp;page=1"' in html
    assert 'href="?area=PK-PB&amp;page=3"' in html
    assert "21–40 of 45" in html


def test_pager_ends_at_both_ends(rf):
    assert 'rel="prev"' not in pager(rf, 1)
    assert 'rel="next"' not in pager(rf, 3)


def test_pager_of_a_short_list_is_nothing(rf):
    page = Paginator(range(3), 20).page(1)
    assert render_to_string("components/pager.html", {"page_obj": page}, rf.get("/")).strip() == ""


def test_empty_page_says_how_to_begin():
    html = render("empty", icon_name="people", title="No sessions yet", href="/new/", action="Plan")
    assert "<h2>No sessions yet</h2>" in html
    assert '<a class="button" href="/new/">Plan</a>' in html
    assert "<a" not in render("empty", title="No sessions yet")
