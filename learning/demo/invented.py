"""Invented people: a role and a number, never a name that somebody could bear."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from learning.cascade.registering import About
from learning.people.models import Area, Organisation, Script

# A role as it is written in the scripts of the countries.
ROLES: dict[str, dict[str, str]] = {
    "director": {"Latn": "Director", "Arab": "ڈائریکٹر"},
    "deputy": {"Latn": "Deputy Director", "Arab": "ڈپٹی ڈائریکٹر"},
    "assistant": {"Latn": "Assistant Director", "Arab": "اسسٹنٹ ڈائریکٹر"},
    "inspector": {"Latn": "Inspector", "Arab": "انسپکٹر"},
    "hr": {"Latn": "HR Officer", "Arab": "ایچ آر افسر"},
    "union": {"Latn": "Union Focal Point", "Arab": "یونین فوکل پوائنٹ"},
    "officer": {"Latn": "Officer", "Arab": "افسر", "Khmr": "មន្ត្រី", "Laoo": "ພະນັກງານ"},
    "trainer": {"Latn": "National Trainer", "Arab": "قومی ٹرینر"},
}
CONSTITUENCIES = {"hr": "employer", "union": "worker"}  # all others work for the government
SCRIPT_OF_COUNTRY = {"PK": Script.ARABIC, "KH": Script.KHMER, "LA": Script.LAO}
ZERO_OF_SCRIPT = {Script.ARABIC: "۰", Script.KHMER: "០", Script.LAO: "໐"}
AGES = {"25-34": 22, "35-44": 34, "45-54": 28, "55-64": 10, "": 6}
# No source gives the share of women: it is a demo value.
SEXES = {"female": 27, "male": 69, "": 4}


def digits(number: int, script: Script) -> str:
    """The number with two digits at least, in the digits of a script."""
    zero = ord(ZERO_OF_SCRIPT[script])
    return "".join(chr(zero + int(digit)) for digit in f"{number:02d}")


def weighted(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices([*weights], [*weights.values()])[0]


@dataclass
class Inventor:
    """Makes one person after the other; each role counts its own."""

    chance: random.Random
    made: dict[str, int] = field(default_factory=dict)

    def person(self, roles: Sequence[str], area: Area, body: Organisation | None = None) -> About:
        """Somebody with one of these roles who works in `area`, for `body`."""
        role = self.chance.choice(roles)
        self.made[role] = number = self.made.get(role, 0) + 1
        script = SCRIPT_OF_COUNTRY[area.country_code]
        own = ROLES[role].get(script)
        names = {"Latn": f"{ROLES[role]['Latn']} {number:02d}"}
        if own:
            names[script] = f"{own} {digits(number, script)}"
        return About(
            names=names,
            sex=weighted(self.chance, SEXES),
            age_band=weighted(self.chance, AGES),
            constituency=CONSTITUENCIES.get(role, "government"),
            organisation=body,
            job_role=ROLES[role]["Latn"],
            area=area,
        )
