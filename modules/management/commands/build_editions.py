"""`manage.py build_editions [COURSE …] [--lang LANG] [--edition E] [--prune]`: files made now."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from modules.courses.models import Course
from modules.editions.finding import files_of
from modules.editions.kinds import Edition
from modules.editions.making import build, line_up
from modules.editions.models import EditionFile
from modules.editions.pruning import prune

MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = (
        "Make every file of the editions that is not made of today's content. Safe to repeat; what"
        " a worker is making at the moment is left to it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courses", nargs="*", metavar="COURSE", help="all, when none is named")
        parser.add_argument("--lang", default="", help="only the files in this language")
        parser.add_argument("--edition", default="", help="only this edition: handbook, …")
        parser.add_argument(
            "--prune", action="store_true", help="afterwards, drop old files never released"
        )

    def handle(self, *, courses: list[str], lang: str, edition: str, **options) -> None:
        check_known("--lang", lang, [code for code, _name in settings.LANGUAGES])
        check_known("--edition", edition, Edition.values)
        failed = 0
        for course in open_courses(courses):
            for name, code, suffix in files_of(course, lang, edition):
                failed += not self.build(course, name, code, suffix)
        if options["prune"]:
            self.stdout.write(f"Old files: {prune()} dropped.")
        if failed:
            raise CommandError(f"{failed} of the files could not be made; the lines above say why.")

    def build(self, course: Course, edition: str, lang: str, suffix: str) -> bool:
        """Make one file where it is missing, and say so in a line; False when it failed."""
        file = line_up(course, edition, lang, suffix)
        title = f"{course.code} {edition} {lang} {suffix}"
        if file.is_done:
            self.stdout.write(f"{title}: there already.")
            return True
        built = build(file.pk)
        self.stdout.write(f"{title}: {outcome(built)}")
        return built is None or not built.has_failed


def outcome(file: EditionFile | None) -> str:
    if file is None:
        return "being made by a worker."
    if file.is_done:
        pages = f"{file.pages} pages, " if file.pages else ""
        return f"{pages}{file.bytes / MEGABYTE:.2f} MB, {file.seconds:.1f} s."
    return f"failed: {file.error}" if file.has_failed else "its content has changed meanwhile."


def check_known(option: str, value: str, known: list[str]) -> None:
    if value and value not in known:
        raise CommandError(f"{option} must be one of {', '.join(known)}, not {value}.")


def open_courses(codes: list[str]) -> list[Course]:
    """The courses of these codes, or all. Raises `CommandError` for one that is not open."""
    courses = Course.objects.filter(status=Course.Status.OPEN)
    known = {course.code: course for course in courses}
    if unknown := sorted(set(codes) - set(known)):
        raise CommandError(f"There is no open course {', '.join(unknown)}; nothing was made.")
    return [known[code] for code in codes] if codes else list(courses)
