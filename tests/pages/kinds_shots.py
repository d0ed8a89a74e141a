"""Shots of what no shipped course asks yet, by `kinds_`, `parts_` and `doubles_seeding`."""

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
    ("marking-decide", "/training/marking/doubles-a-essay/1/decide/", ADMIN),
    ("marking-agreement", "/training/marking/agreement/?course=doubles", ADMIN),
    ("marking-agreement-empty", "/training/marking/agreement/?course=doubles&period=2025", ADMIN),
    ("marking-agreement-error", "/training/marking/agreement/?course=none", ADMIN),
    ("marking-agreement-answers", "/training/marking/agreement/answers/?course=doubles", ADMIN),
    ("marking-teachback", "/training/marking/parts-{parts_form}-teachback/1/", ADMIN),
]
