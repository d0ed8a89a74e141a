"""Declarations of personal data for this package and for the libraries below us."""

from learning.people.personal import OnErase, holds

holds(
    "people.Person",
    "id",
    OnErase.BLANK,
    "Sex, age band, constituency and area stay for anonymous counts; the name goes.",
    export=[
        "uuid",
        "names",
        "sex",
        "age_band",
        "constituency",
        "organisation",
        "job_role",
        "area_of_work",
        "language",
        "created_at",
    ],
    blank={"names": {}, "is_anonymous": True, "job_role": "", "language": ""},
    actors=["merged_into"],
)
holds(
    "people.User",
    "person",
    OnErase.DELETE,
    "Nobody signs in any more; database rules take along what hangs on the account.",
    export=["username", "email", "date_joined", "last_login"],
)
holds(
    "people.RoleGrant",
    "user__person",
    OnErase.DELETE,
    "A role belongs to the account.",
    export=["role", "area", "organisation", "programme", "valid_from", "valid_until"],
    actors=["granted_by"],
)
holds(
    "people.Consent",
    "person",
    OnErase.DELETE,
    "With the record gone there is nothing left to agree to.",
    export=["purpose", "text_version", "language", "channel", "at", "withdrawn_at"],
)
holds(
    "people.AccessCode",
    "person",
    OnErase.DELETE,
    "An unused code must not open an erased record.",
    export=["purpose", "made_at", "expires_at", "used_at"],
    actors=["made_by"],
)
holds(
    "people.PersonLink",
    "alias",
    OnErase.BLANK,
    "That two records without a name were of one person keeps counts right; the reasons go.",
    export=["canonical", "alias", "reason", "decided_at", "undone_at"],
    blank={"reason": "", "undone_why": ""},
    actors=["canonical", "decided_by", "undone_by"],
)
holds(
    "account.EmailAddress",
    "user__person",
    OnErase.DELETE,
    "Contact data.",
    export=["email", "verified", "primary"],
)
holds(
    "mfa.Authenticator",
    "user__person",
    OnErase.DELETE,
    "Belongs to the account; its secret is never exported.",
    export=["type", "created_at", "last_used_at"],
)
holds(
    "usersessions.UserSession",
    "user__person",
    OnErase.DELETE,
    "Devices signed in.",
    export=["ip", "user_agent", "created_at", "last_seen_at"],
)
holds(
    "wagtailusers.UserProfile",
    "user__person",
    OnErase.DELETE,
    "How the editor looks to this account.",
    export=["preferred_language", "current_time_zone"],
)
holds("wagtailadmin.EditingSession", "user__person", OnErase.DELETE, "Who is editing just now.")
holds("wagtailadmin.FormState", "user__person", OnErase.DELETE, "Unsaved forms of the editor.")
holds("wagtailcore.APIToken", "user__person", OnErase.DELETE, "Belongs to the account.")
holds("wagtailcore.PageSubscription", "user__person", OnErase.DELETE, "Notification choices.")
holds(
    "wagtailcore.Comment",
    "user__person",
    OnErase.DELETE,
    "A remark of an editor.",
    export=["text", "created_at"],
    actors=["resolved_by"],
)
holds(
    "wagtailcore.CommentReply",
    "user__person",
    OnErase.DELETE,
    "A remark of an editor.",
    export=["text", "created_at"],
)

HISTORY = "Published content and its history stay; the account's number no longer leads anywhere."
for label, fields in {
    "wagtailcore.Page": ["owner", "locked_by"],
    "wagtailcore.Revision": ["user"],
    "wagtailcore.PageLogEntry": ["user"],
    "wagtailcore.ModelLogEntry": ["user"],
    "wagtailcore.WorkflowState": ["requested_by"],
    "wagtailcore.TaskState": ["finished_by"],
    "wagtailcore.UploadedFile": ["uploaded_by_user"],
    "wagtailimages.Image": ["uploaded_by_user"],
    "wagtaildocs.Document": ["uploaded_by_user"],
    "modules.InterfaceTranslation": ["confirmed_by"],
    "wagtail_localize.StringTranslation": ["last_translated_by"],
    "wagtail_localize.SegmentOverride": ["last_translated_by"],
}.items():
    holds(label, "", OnErase.KEEP, HISTORY, actors=fields)
holds(
    "modules.Question",
    "",
    OnErase.KEEP,
    "An author's name is typed, as on the title page of a book, and leads to no account; an editor"
    " takes it out.",
)
