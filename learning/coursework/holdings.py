"""What coursework holds of people: what they get to see, and what is left when they are erased."""

from learning.people.personal import OnErase, holds

holds(
    "learning.Work",
    "enrolment__person",
    OnErase.BLANK,
    "The text goes; that work was handed in and what it came to stays, without a name.",
    export=["assignment_key", "text", "file_name", "begun_at", "handed_in_at", "remarks"],
    blank={"text": ""},
)
holds(
    "learning.HandedFile",
    "work__enrolment__person",
    OnErase.DELETE,
    "The file goes, and what it was called.",
    export=["name", "kind", "size", "sha256", "added_at"],
)
holds(
    "learning.WorkFact",
    "work__enrolment__person",
    OnErase.KEEP,
    "When an unnamed participant handed in.",
    export=["what", "captured_at", "received_at"],
    actors=["recorded_by"],
)
holds(
    "learning.Deadline",
    "enrolment__person",
    OnErase.BLANK,
    "The reason for more time goes.",
    export=["assignment_key", "due_at", "reason"],
    blank={"reason": ""},
    actors=["recorded_by"],
)
holds(
    "learning.ReviewTask",
    "reviewer__person",
    OnErase.KEEP,
    "That an unnamed participant was asked to mark the work of another.",
    export=["state", "given_at", "due_at"],
)
holds(
    "learning.Calibration",
    "enrolment__person",
    OnErase.BLANK,
    "How an unnamed participant rated an example; words about it go.",
    export=["rating", "comment", "is_close", "received_at"],
    blank={"comment": ""},
    actors=["recorded_by"],
)
holds(
    "learning.Review",
    "task__reviewer__person",
    OnErase.BLANK,
    "The rating stays, because somebody else's mark rests on it; the words go.",
    export=["rating", "comment", "received_at"],
    blank={"comment": ""},
    actors=["recorded_by"],
)
holds(
    "learning.Decision",
    "work__enrolment__person",
    OnErase.BLANK,
    "The rating stays as the ground of a mark; what was written about the work goes.",
    export=["rating", "comment", "reason", "received_at"],
    blank={"comment": "", "reason": ""},
    actors=["recorded_by"],
)
holds(
    "learning.WorkMark",
    "work__enrolment__person",
    OnErase.KEEP,
    "A mark without a name.",
    export=["num", "den", "levels", "made_at"],
)
