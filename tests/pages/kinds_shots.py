"""Shots of kinds that no shipped course asks yet: those of `kinds_seeding` and `parts_seeding`."""

MORE_QUESTIONS = {
    "multiple_truefalse": "trial-judgements",
    "hotspot": "trial-picture",
    "cloze": "parts-cloze",
    "essay": "parts-essay",
    "teachback": "parts-teachback",
}
ADMIN, GOING = "admin@demo.test", "parts-going@demo.test"
KINDS_SHOTS = [
    ("case-set", "/courses/trial/ways/", ""),
    ("test-cloze", "/tests/{parts_sitting}/{parts_cloze}/", GOING),
    ("test-essay", "/tests/{parts_sitting}/{parts_essay}/", GOING),
    ("test-teachback", "/tests/{parts_sitting}/{parts_teachback}/", GOING),
    ("marking-essay", "/training/marking/parts-{parts_form}-essay/1/", ADMIN),
    ("marking-teachback", "/training/marking/parts-{parts_form}-teachback/1/", ADMIN),
]
