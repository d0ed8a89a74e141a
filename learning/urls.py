"""Every address of the site, grouped by object. Wagtail's pages come last: they match anything."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path, re_path, reverse_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import serve as serve_document

from learning.serving.health import healthz
from learning.serving.ranges import answers_ranges
from modules.editions.views import edition_file

# Wagtail's own doors take a password without a second factor or rate limit: they lead to ours.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_reset = RedirectView.as_view(url=reverse_lazy("account_reset_password"))

handler500 = "learning.serving.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/login/", to_sign_in, name="admin_sign_in"),
    path("admin/password_reset/", to_reset, name="admin_reset"),
    path("admin/password_reset/<path:rest>", to_reset, name="admin_reset_step"),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", answers_ranges(serve_document), name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    re_path(
        r"^courses/([\w-]+)/editions/([\w-]+)\.([a-z]{2})\.(pdf|epub)$",
        answers_ranges(edition_file),
        name="edition_file",
    ),
    path("", include("learning.certificates.file_urls")),
    path("", include("learning.cascade.results_file_urls")),
    path("", include("learning.cascade.certificates_file_urls")),
    path("", include("learning.reporting.file_urls")),
    path("", include("learning.coursework.file_urls")),
]

if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()

urlpatterns += i18n_patterns(
    path("accounts/", include("learning.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("_util/login/", to_sign_in, name="page_sign_in"),
    path("", include("learning.home.urls")),
    path("", include("learning.privacy.urls")),
    path("", include("learning.enrolment.urls")),
    path("", include("learning.attempts.urls")),
    path("", include("learning.coursework.urls")),
    path("", include("learning.certificates.urls")),
    path("", include("learning.cascade.urls")),
    path("", include("learning.imports.urls")),
    path("", include("learning.cascade.desk_urls")),
    path("", include("learning.standards.urls")),
    path("", include("learning.reporting.urls")),
    path("", include("modules.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
