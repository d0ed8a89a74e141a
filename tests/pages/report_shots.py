"""Shots of the reports: name, path, as whom. The programme comes from `report_seeding`."""

ADMIN, VIEWER, COORDINATOR = (f"{name}@demo.test" for name in ("admin", "viewer", "coordinator"))
ITEMS, FORMS = "/reports/items/", "programme=shown&version=forms:1.0&purpose=pre"
PARTS = "programme=shown&version=parts-of:1.0&purpose=pre"
PROGRAMME = "/reports/programmes/shown/"

REPORT_SHOTS = [
    ("reports", "/reports/", ADMIN),
    ("report-completion", "/reports/completion/?by=area&cut=sex&programme=shown", ADMIN),
    ("report-programme", f"{PROGRAMME}?period=2026", ADMIN),
    ("report-programme-empty", f"{PROGRAMME}?period=2025", ADMIN),
    ("report-people", "/reports/people/?programme=shown&stage=trained&count=people", ADMIN),
    ("report-people-wrong", "/reports/people/?stage=nonsense", ADMIN),
    ("report-sessions", "/reports/sessions/?programme=shown", ADMIN),
    ("report-sessions-counted", "/reports/sessions/?programme=shown&counting=headcount", ADMIN),
    ("report-people-generation", "/reports/people/?programme=shown&generation=1", ADMIN),
    ("report-forms", "/reports/forms/?programme=shown&version=forms:1.0", ADMIN),
    (
        "report-form-people",
        "/reports/forms/people/?programme=shown&version=forms:1.0&form=A",
        ADMIN,
    ),
    ("report-items", f"{ITEMS}?{FORMS}", ADMIN),
    ("report-items-nobody", f"{ITEMS}?programme=shown&version=forms:1.0&purpose=post", ADMIN),
    ("report-item", f"{ITEMS}fo-2/1/?{FORMS}", ADMIN),
    ("report-item-several", f"{ITEMS}ch-1/1/?{PARTS}", ADMIN),
    ("report-item-statements", f"{ITEMS}ch-2/1/?{PARTS}", ADMIN),
    ("report-item-pairs", f"{ITEMS}ch-3/1/?{PARTS}", ADMIN),
    ("report-item-few", f"{ITEMS}fo-2/1/?{FORMS}&lang=ur", ADMIN),
    ("report-item-nobody", f"{ITEMS}fo-2/99/?{FORMS}", ADMIN),
    ("report-item-people", f"{ITEMS}people/?{FORMS}&question=fo-2.1", ADMIN),
    ("before-after", "/reports/before-after/?programme=shown&course=coordination", ADMIN),
    ("before-after-forms", "/reports/before-after/?programme=shown&course=forms", ADMIN),
    (
        "before-after-people",
        "/reports/before-after/people/?programme=shown&course=coordination",
        ADMIN,
    ),
    ("standards", "/reports/standards/", ADMIN),
    ("standard-begin", "/reports/standards/begin/", ADMIN),
    ("standard", "/reports/standards/{standard}/", ADMIN),
    ("standard-estimates", "/reports/standards/{standard}/judges/{judge}/round-1/", ADMIN),
    ("standard-use", "/reports/standards/{standard}/use/2/", ADMIN),
    ("standard-border", "/reports/standards/{standard}/border/", ADMIN),
    ("regrades", "/training/marking/regrades/", ADMIN),
    (
        "regrade-question",
        "/training/marking/regrades/fo-2/?versions=1&decision=now&programme=shown",
        ADMIN,
    ),
    ("regrade", "/training/marking/regraded/{regraded}/", ADMIN),
    ("report-certificates", "/reports/certificates/", ADMIN),
    ("report-trainers", "/reports/trainers/?programme=shown", ADMIN),
    ("report-register", "/reports/people-register/", ADMIN),
    ("report-register-nothing", "/reports/people-register/?q=zzzz", ADMIN),
    ("reports-viewer", "/reports/", VIEWER),
    ("report-programme-viewer", f"{PROGRAMME}?period=2026-Q1", VIEWER),
    ("report-completion-viewer", "/reports/completion/?by=sex", VIEWER),
]
