from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from learning.enrolment.models import Enrolment, EnrolmentFact
from learning.imports.inviting import send_letters
from learning.imports.models import Roster, RosterEntry
from learning.notices.models import NoticeSent
from learning.people.models import Person, Programme
from tests.learning.imports.making import HEADINGS, csv_of, imported, kept, row, rows, workbook_of

pytestmark = pytest.mark.django_db

INTO = ("--programme", "self-paced-pk", "--course", "working-together")


@pytest.fixture
def file(tmp_path) -> Path:
    return written(tmp_path, *rows(3, email="p{n}@example.org"))


def written(folder: Path, *people: list[str], name: str = "list.csv") -> Path:
    path = folder / name
    make = workbook_of if name.endswith("xlsx") else csv_of
    path.write_bytes(make(HEADINGS, *people))
    return path


def run(*arguments: object, name: str = "import_roster") -> list[str]:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def refusal(*arguments: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert "\n" not in str(caught.value)
    assert not Enrolment.objects.exists()
    assert not Roster.objects.exists()
    return str(caught.value)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(version, file):
    assert run(file, "--dry-run", *INTO) == [
        "People: 3 new, 0 known, 0 named a second time.",
        "Enrolments: 3 new, 0 taken up again, 0 take the course already.",
        "Letters: 3. Slips to print: 0.",
        "Nothing was changed: this was a dry run.",
    ]
    assert not Person.objects.exists()
    assert not Programme.objects.exists()


def test_a_dry_run_needs_no_course(db, file):
    assert run(file, "--dry-run") == [
        "People: 3 new, 0 known, 0 named a second time.",
        "Nothing was changed: this was a dry run.",
    ]


def test_a_list_is_imported(version, tmp_path):
    lines = run(written(tmp_path, *rows(3), name="list.xlsx"), *INTO)

    roster = Roster.objects.get()
    assert lines[-1] == f"Imported as /reports/rosters/{roster.uuid}/."
    assert (roster.file_name, roster.uploaded_by) == ("list.xlsx", None)
    facts = EnrolmentFact.objects.values_list("what", "captured_via", "recorded_by")
    assert set(facts) == {("started", "import", None)}
    assert Enrolment.objects.count() == 3


def test_letters_are_sent_when_asked_for(version, file, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert run(file, *INTO, "--letters")[-1] == "Letters: 3 on their way."

    assert len(mail.outbox) == 3


def test_many_letters_are_sent_only_with_their_number(
    version, file, settings, django_capture_on_commit_callbacks
):
    settings.LETTERS_ASK_ABOVE, settings.LETTERS_AT_ONCE = 1, 2
    words = "2 letters would be sent now. Say --letters 2 if that is meant. Nothing was imported."
    assert refusal(file, *INTO, "--letters") == words
    assert refusal(file, *INTO, "--letters", "3") == words

    with django_capture_on_commit_callbacks(execute=True):
        assert run(file, *INTO, "--letters", "2")[-1] == "Letters: 2 on their way."
    assert len(mail.outbox) == 2


def test_few_letters_are_not_sent_with_another_number(version, file):
    assert refusal(file, *INTO, "--letters", "4").startswith("3 letters would be sent now.")


def test_the_scope_is_that_of_the_account(cast, version, tmp_path):
    outside = written(tmp_path, row("Ali Khan", area="PK-SD"))

    words = refusal(outside, *INTO, "--by", cast.area_admin.username)

    assert "1 to mend. Row 2, Area of work: You can add people within your own area" in words
    inside = written(tmp_path, row("Ali Khan"), name="inside.csv")
    run(inside, *INTO, "--by", cast.area_admin.username)
    assert Roster.objects.get().confirmed_by == cast.area_admin


def test_rows_to_mend_are_listed_and_refused_in_one_line(version, tmp_path, capsys):
    file = written(tmp_path, row("Ali 2"), row("Sana Bibi", "??"))

    assert refusal(file, *INTO) == (
        f"{file}: 2 to mend. Row 2, Name: “2” does not belong in a name. Nothing was imported."
    )
    assert refusal(file, "--dry-run").startswith(f"{file}: 2 to mend.")


def test_rows_to_decide_need_an_answer(cast, version, target, tmp_path):
    imported(cast.area_admin, target, row("Ali Khan"))
    file = written(tmp_path, row("Ali Khan"))

    with pytest.raises(CommandError, match=r"1 to decide \(--same-name\)"):
        run(file, *INTO)
    assert run(file, *INTO, "--dry-run", "--same-name", "first")[0].startswith("People: 0 new, 1")
    assert run(file, *INTO, "--same-name", "another")[0].startswith("People: 1 new, 0 known")
    assert Person.objects.filter(names={"Latn": "Ali Khan"}).count() == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Say --programme and --course."),
        (("--course", "working-together"), "No programme “”. There are: self-paced-kh,"),
        (("--programme", "none"), "No programme “none”."),
        (("--programme", "self-paced-pk"), "No open course “”. There are: working-together 1.0."),
        (("--programme", "self-paced-pk", "--course", "x"), "No open course “x”."),
        ((*INTO[:3], "working-together:9.9"), "No open course “working-together:9.9”."),
        ((*INTO, "--by", "nobody"), "“nobody” is no administrator."),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(version, file, arguments, words):
    message = refusal(file, *arguments)

    assert message.startswith(words)
    assert message.endswith("Nothing was imported.")


def test_a_learner_imports_nothing(cast, version, file):
    words = refusal(file, *INTO, "--by", cast.learner.username)

    assert words == "“learner” is no administrator. Nothing was imported."


def test_files_that_cannot_be_read_are_refused_in_one_line(db, tmp_path):
    missing, picture = tmp_path / "missing.csv", tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG")

    assert refusal(missing, "--dry-run") == (
        f"{missing} cannot be read: No such file or directory. Nothing was imported."
    )
    assert refusal(picture, "--dry-run") == (
        f"{picture}: This file is no list of text. Save the list as XLSX or CSV."
        " Nothing was imported."
    )


def test_tending_sends_what_waits_and_forgets_what_is_old(
    cast, target, time_machine, django_capture_on_commit_callbacks
):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=8))
    kept(cast.area_admin, target, row("Ali Khan"))
    imported(cast.area_admin, target, row("Sana Bibi", email="old@example.org"))
    time_machine.move_to(now - timedelta(days=1))
    roster = imported(cast.area_admin, target, *rows(3, email="p{n}@example.org"))
    send_letters(roster, most=2)
    uncertain = NoticeSent.objects.first()
    uncertain.state, uncertain.tried_at = "sending", timezone.now()
    uncertain.save()
    time_machine.move_to(now)

    with django_capture_on_commit_callbacks(execute=True):
        lines = run(name="tend_rosters")

    assert lines == [
        "Lists: 1 deleted that were not imported.",
        "Lists of results: 0 deleted that were not imported.",
        "Addresses: 1 deleted that were not used.",
        "Letters: 1 on their way again.",
        "Letters: 1 perhaps sent; somebody has to decide.",
    ]
    assert len(mail.outbox) == 1
    assert RosterEntry.objects.exclude(email="").count() == 2
