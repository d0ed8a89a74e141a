"""The trainer's desk; preparing a session, its overview, closing and verifying it, headcounts."""

from django.urls import path

from learning.cascade import closing_views, desk_views, headcount_views, planning_views

urlpatterns = [
    path("training/", desk_views.training_desk, name="training_desk"),
    path("training/new/", planning_views.event_plan, name="event_plan"),
    # training/<session>/
    path("training/<uuid:uuid>/", desk_views.event, name="event"),
    path("training/<uuid:uuid>/edit/", planning_views.event_edit, name="event_edit"),
    path(
        "training/<uuid:uuid>/half-days/<int:n>/cancel/",
        planning_views.event_unit_cancel,
        name="event_unit_cancel",
    ),
    path(
        "training/<uuid:uuid>/half-days/<int:n>/restore/",
        planning_views.event_unit_restore,
        name="event_unit_restore",
    ),
    path("training/<uuid:uuid>/close/", closing_views.event_close, name="event_close"),
    path("training/<uuid:uuid>/verify/", closing_views.event_verify, name="event_verify"),
    path("training/<uuid:uuid>/return/", closing_views.event_return, name="event_return"),
    path("training/<uuid:uuid>/cancel/", closing_views.event_cancel, name="event_cancel"),
    path(
        "training/<uuid:uuid>/headcount/", headcount_views.event_headcount, name="event_headcount"
    ),
]
