"""Finding a certificate by what people hold in hand: its number and a name, or its code."""

from dataclasses import dataclass

from learning.certificates.addressing import token_in
from learning.certificates.models import Certificate
from learning.certificates.serials import place_in_register
from learning.certificates.signing import is_genuine, normal_name


@dataclass(frozen=True)
class Scanned:
    """What a code holds. `genuine` tells whether its signature is ours; None: it carries none."""

    token: str
    genuine: bool | None


def read_code(text: str) -> Scanned | None:
    """A token, an address or the whole text of a code; None for anything else."""
    address, mark, signed = text.strip().partition("#")
    token = token_in(address)
    if not token:
        return None
    if not mark:
        return Scanned(token, None)
    line, _tilde, signature = signed.rpartition("~")
    return Scanned(token, is_genuine(token, line, signature))


def find_by_number(plain: str, name: str) -> Certificate | None:
    """The certificate with a canonical number and this name in any of its scripts.

    One query, whether the number exists or not, and one answer whichever of the two is wrong.
    """
    year, number = place_in_register(plain)
    candidates = Certificate.objects.filter(number=number, register__year=year)
    wanted = normal_name(name)
    for certificate in candidates:
        names = {normal_name(known) for known in certificate.names.values()}
        if certificate.serial.replace("-", "") == plain and wanted in names:
            return certificate
    return None
