"""`manage.py verify_certificate TOKEN`: how a certificate stands; exit code 0 when valid."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from learning.certificates.signing import is_genuine
from learning.certificates.standing import look_up
from learning.certificates.verifying import read_code


class Command(BaseCommand):
    help = "Say how a certificate stands. Exit code 0 for a valid one, else 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("token", help="token, address, or the whole text of the printed code")

    def handle(self, *args, **options) -> None:
        scanned = read_code(options["token"])
        if scanned is None:
            raise CommandError("This is no token and no address of a certificate.")
        if scanned.genuine is False:
            raise CommandError("The signature in this code is not ours.")
        found = look_up(scanned.token)
        with translation.override("en"):
            word = str(found.state.label)
        if not found.is_valid or found.certificate is None:
            raise CommandError(f"{word}.")
        one = found.certificate
        if not is_genuine(one.token, one.statement, one.signature):
            raise CommandError(f"{one.serial}: its own signature does not verify with our keys.")
        self.stdout.write(f"{word}: {one.serial}, {one.course_version}, {one.grade}.")
