"""`manage.py import_roster FILE`: make the people of a list known and enrol them.

The rules are those of the pages under /reports/rosters/. The scope is that of an account; without
one it is everything, as befits whoever runs commands on the server.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from learning.enrolment.enrolling import self_paced_code, self_paced_programme
from learning.imports.errors import BadFile
from learning.imports.importing import confirm
from learning.imports.inviting import send_letters
from learning.imports.matching import ANOTHER
from learning.imports.permissions import (
    countries_for_rosters_of,
    imports_rosters,
    programmes_open_to_rosters_of,
)
from learning.imports.planning import Plan, Target, make_plan
from learning.imports.reaching import counted, ways
from learning.imports.reading import LARGEST, read_table
from learning.imports.storing import keep_choices, store
from learning.people.models import Programme, User
from modules.courses.models import Course, CourseVersion

NOTHING = "Nothing was imported."
UNSAID = 0  # letters are to be sent, and how many was not said

type Rows = list[list[str]]


class Command(BaseCommand):
    help = "Import a list of people (CSV or XLSX) into a course. All of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list, as CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--programme", help="code of the programme that counts the people")
        parser.add_argument("--course", help="code of the course, or CODE:VERSION")
        parser.add_argument("--by", help="username of the administrator whose scope holds")
        parser.add_argument(
            "--same-name",
            choices=["first", ANOTHER],
            help="who a row is that looks like somebody known: the first such person, or another",
        )
        parser.add_argument(
            "--language",
            default="en",
            choices=[code for code, name in settings.LANGUAGES],
            help="of letters and slips for people who state none",
        )
        parser.add_argument(
            "--letters",
            nargs="?",
            type=int,
            const=UNSAID,
            metavar="NUMBER",
            help=f"send the letters at once; more than {settings.LETTERS_ASK_ABOVE} only with the"
            " number that a dry run tells",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = read(options["file"])
        with transaction.atomic():
            self.work(rows, options)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def work(self, rows: Rows, options: Any) -> None:
        user = importer(options["by"])
        target = target_of(options, user)
        if target is None and not options["dry_run"]:
            raise CommandError(f"Say --programme and --course. {NOTHING}")
        plan = make_plan(rows, user, target)
        choices = choices_for(plan, options["same_name"])
        plan = make_plan(rows, user, target, choices) if choices else plan
        letters = counted(ways(plan, user)) if target else {}
        self.report(plan, letters, target)
        self.refuse(plan, options["file"])
        if target is not None and not options["dry_run"]:
            refuse_unless_meant(letters["letters"], options["letters"])
            self.take_over(rows, target, user, choices, options)

    def report(self, plan: Plan, letters: Mapping[str, int], target: Target | None) -> None:
        counts = plan.counts
        self.stdout.write(
            f"People: {counts['new']} new, {counts['known']} known,"
            f" {counts['twins']} named a second time."
        )
        if target is not None:
            self.stdout.write(
                f"Enrolments: {counts['enrolled']} new, {counts['again']} taken up again,"
                f" {counts['already']} take the course already."
            )
            self.stdout.write(f"Letters: {letters['letters']}. Slips to print: {letters['paper']}.")
        for name in plan.left_out:
            self.stdout.write(f"Not kept: {name}.")

    def refuse(self, plan: Plan, file: Path) -> None:
        """Raises `CommandError` for rows that have to be mended or decided, after listing them."""
        lines = [f"Row {one.row}, {one.heading}: {one.message}" for one in plan.problems]
        lines += [f"Row {one.row.row}: looks like somebody known." for one in plan.open_questions]
        if len(lines) > 1:
            self.stdout.write("\n".join(lines))
        if plan.problems:
            raise CommandError(f"{file}: {len(plan.problems)} to mend. {lines[0]} {NOTHING}")
        if plan.open_questions:
            raise CommandError(
                f"{file}: {len(plan.open_questions)} to decide (--same-name). {lines[0]} {NOTHING}"
            )

    def take_over(
        self, rows: Rows, target: Target, user: User, choices: dict[str, str], options: Any
    ) -> None:
        language, name = options["language"], options["file"].name
        by = user if user.pk else None
        roster = store(rows, target, by=by, language=language, file_name=name)
        keep_choices(roster, choices)
        confirmed = confirm(roster, user)
        self.stdout.write(f"Imported as /reports/rosters/{roster.uuid}/.")
        if options["letters"] is not None:
            self.stdout.write(f"Letters: {send_letters(confirmed)} on their way.")


def refuse_unless_meant(letters: int, said: int | None) -> None:
    """Raises `CommandError` where many letters would be sent, or another number than was said."""
    many = min(letters, settings.LETTERS_AT_ONCE)
    is_in_doubt = many > settings.LETTERS_ASK_ABOVE or said != UNSAID
    if said is not None and said != many and is_in_doubt:
        raise CommandError(
            f"{many} letters would be sent now. Say --letters {many} if that is meant. {NOTHING}"
        )


def read(file: Path) -> Rows:
    """The rows of a file. Raises `CommandError`."""
    try:
        with file.open("rb") as opened:
            return read_table(opened.read(LARGEST + 1)).rows
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}. {NOTHING}") from None
    except BadFile as refusal:
        raise CommandError(f"{file}: {refusal} {NOTHING}") from None


def importer(username: str | None) -> User:
    """The account whose scope holds; without a name somebody who may do everything."""
    if username is None:
        return User(is_superuser=True)
    user = User.objects.filter(username=User.normalize_username(username)).first()
    if user is None or not imports_rosters(user):
        raise CommandError(f"“{username}” is no administrator. {NOTHING}")
    return user


def target_of(options: Any, user: User) -> Target | None:
    """What the list is for; None when a dry run does not say. Raises `CommandError`."""
    if not options["programme"] and not options["course"]:
        return None
    return Target(
        programme_of(options["programme"] or "", user), version_of(options["course"] or "")
    )


def programme_of(code: str, user: User) -> Programme:
    """One that is open to lists of `user`, made if it is that of a country. Or `CommandError`."""
    found = programmes_open_to_rosters_of(user).filter(code=code).first()
    if found is not None:
        return found
    countries = {self_paced_code(one.code): one for one in countries_for_rosters_of(user)}
    if code in countries:
        return self_paced_programme(countries[code])
    known = {*countries, *programmes_open_to_rosters_of(user).values_list("code", flat=True)}
    words = f"No programme “{code}”. There are: {', '.join(sorted(known))}. {NOTHING}"
    raise CommandError(words)


def version_of(text: str) -> CourseVersion:
    """The version that "CODE" (the newest) or "CODE:VERSION" names. Raises `CommandError`."""
    code, _, number = text.partition(":")
    versions = CourseVersion.objects.filter(course__code=code, course__status=Course.Status.OPEN)
    found = versions.filter(number=number).first() if number else versions.last()
    if found is None:
        known = ", ".join(map(str, CourseVersion.objects.filter(course__status="open")))
        raise CommandError(f"No open course “{text}”. There are: {known}. {NOTHING}")
    return found


def choices_for(plan: Plan, answer: str | None) -> dict[str, str]:
    """One answer for all rows that are not decided."""
    if answer is None:
        return {}
    return {
        str(one.row.row): ANOTHER if answer == ANOTHER else one.candidates[0].key
        for one in plan.open_questions
    }
