"""Addresses of reports."""

from django.urls import path

from learning.reporting import (
    agreement_views,
    form_views,
    gain_views,
    item_views,
    programme_views,
    register_views,
    views,
)

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
    # how far markers agree; beside the marking desk, whose readers these are
    path(
        "training/marking/agreement/", agreement_views.marking_agreement, name="marking_agreement"
    ),
    path(
        "training/marking/agreement/answers/",
        agreement_views.marking_agreement_answers,
        name="marking_agreement_answers",
    ),
    path("reports/items/", item_views.report_items, name="report_items"),
    path("reports/items/people/", item_views.report_item_people, name="report_item_people"),
    path("reports/items/responses/", item_views.report_responses, name="report_responses"),
    path(
        "reports/items/<slug:question>/<int:n>/",
        item_views.report_item,
        name="report_item",
    ),
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
