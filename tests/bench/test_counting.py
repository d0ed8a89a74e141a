"""Queries are told to who asks, and to nobody else."""

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse

from tests.bench.counting import ASKED, TOLD, QueryCountMiddleware

pytestmark = pytest.mark.django_db


def three_queries(request):
    for _ in range(3):
        Group.objects.count()
    return HttpResponse()


def test_tells_how_many_queries_a_request_took(rf):
    response = QueryCountMiddleware(three_queries)(rf.get("/", headers={ASKED: "1"}))

    assert response[TOLD] == "3"


def test_tells_nothing_unasked(rf):
    assert TOLD not in QueryCountMiddleware(three_queries)(rf.get("/"))
