"""Addresses of reports."""

from django.urls import path

from learning.reporting import form_views, gain_views, programme_views, register_views, views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/completion/", views.report_completion, name="report_completion"),
    path("reports/people/", views.report_people, name="report_people"),
    path("reports/sessions/", views.report_sessions, name="report_sessions"),
    path(
        "reports/programmes/<slug:code>/",
        programme_views.report_programme,
        name="report_programme",
    ),
    # how tests and their questions do
    path("reports/forms/", form_views.report_forms, name="report_forms"),
    path("reports/forms/people/", form_views.report_form_people, name="report_form_people"),
    # what people gained
    path("reports/before-after/", gain_views.report_before_after, name="report_before_after"),
    path(
        "reports/before-after/people/",
        gain_views.report_before_after_people,
        name="report_before_after_people",
    ),
    # registers
    path("reports/certificates/", register_views.report_certificates, name="report_certificates"),
    path("reports/trainers/", register_views.report_trainers, name="report_trainers"),
    path(
        "reports/people-register/",
        register_views.report_people_register,
        name="report_people_register",
    ),
]
