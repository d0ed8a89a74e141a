import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def test_ok_when_database_and_storage_answer(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "storage": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_says_that_the_storage_fails(client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "ok", "storage": "failing"}


def test_says_that_the_database_fails(client, monkeypatch):
    def down(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", down)

    assert client.get("/healthz").json()["database"] == "failing"


def test_leaves_no_file_behind(client):
    client.get("/healthz")

    assert default_storage.listdir("health")[1] == []


def test_refuses_to_be_posted_to(client):
    assert client.post("/healthz").status_code == 405
