"""Addresses of the participants of a training session and of its roll."""

from django.urls import path

from learning.cascade import paste_views, people_views, person_views, roll_views

PEOPLE = "training/<uuid:event>/people/"
PERSON = f"{PEOPLE}<uuid:enrolment>/"
ROLLS = "training/<uuid:event>/roll/"

urlpatterns = [
    path(PEOPLE, people_views.event_people, name="event_people"),
    path(f"{PEOPLE}lookup/", people_views.event_people_lookup, name="event_people_lookup"),
    path(f"{PEOPLE}paste/", paste_views.event_people_paste, name="event_people_paste"),
    # one participant
    path(PERSON, person_views.event_person_edit, name="event_person_edit"),
    path(f"{PERSON}agreed/", person_views.event_person_agreed, name="event_person_agreed"),
    path(f"{PERSON}sticker/", person_views.event_person_sticker, name="event_person_sticker"),
    path(f"{PERSON}off/", person_views.event_person_off, name="event_person_off"),
    path(f"{PERSON}back/", person_views.event_person_back, name="event_person_back"),
    path(f"{PERSON}recognise/", person_views.event_person_recognise, name="event_person_recognise"),
    # the roll
    path(ROLLS, roll_views.event_rolls, name="event_rolls"),
    path(f"{ROLLS}<int:n>/", roll_views.event_roll, name="event_roll"),
]
