"""Static files are collected when one of them changed, and only then."""

import os

import pytest
from django.conf import settings

from learning import settings as product
from learning.serving.collecting import collect_static_files


@pytest.fixture
def source(tmp_path, settings):
    """A folder with one stylesheet as the only static files of the site."""
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR / "static"
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": product.STORAGES["staticfiles"]}
    settings.VAR.mkdir()
    path = tmp_path / "static" / "site.css"
    path.parent.mkdir()
    path.write_text("body { color: black }")
    return path


def collected() -> str:
    hashed = list(settings.STATIC_ROOT.glob("site.*.css"))
    return max(hashed, key=lambda path: path.stat().st_mtime_ns).read_text()


def test_files_are_collected_once(source):
    assert collect_static_files()
    assert collected() == "body { color: black }"
    assert not collect_static_files()


def test_changed_file_is_collected_again(source):
    collect_static_files()
    source.write_text("body { color: white }")
    os.utime(source, ns=(0, source.stat().st_mtime_ns + 10**9))

    assert collect_static_files()
    assert collected() == "body { color: white }"


def test_lost_result_is_made_again(source):
    collect_static_files()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()

    assert collect_static_files()


def test_each_file_lies_there_compressed_too(source):
    source.write_text("body { color: black }" * 100)
    collect_static_files()

    [sheet] = [path for path in settings.STATIC_ROOT.glob("site.*.css") if path.suffix == ".css"]
    for packed in (f"{sheet.name}.br", f"{sheet.name}.gz"):
        assert 0 < (sheet.parent / packed).stat().st_size < sheet.stat().st_size
