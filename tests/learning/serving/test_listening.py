"""Where the server listens, and what is said when it cannot."""

import socket

import pytest

from learning.serving.listening import addresses, has_ipv6, problem_with, written


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()


def test_demo_is_for_this_machine_alone():
    assert addresses(8000, open_to_all=False)[0] == ("127.0.0.1", 8000)
    assert {host for host, _ in addresses(8000, open_to_all=False)} <= {"127.0.0.1", "::1"}


def test_site_in_service_is_for_every_interface():
    assert addresses(8000, open_to_all=True) == [("0.0.0.0", 8000)]  # noqa: S104


def test_addresses_are_written_as_gunicorn_reads_them():
    assert written(("127.0.0.1", 8000)) == "127.0.0.1:8000"
    assert written(("::1", 8000)) == "[::1]:8000"


def test_taken_port_is_named_with_a_way_out(taken):
    port = taken[1]

    assert problem_with(taken) == f"Port {port} is taken. Choose another: make run PORT={port + 1}"
    assert "is taken" in problem_with(("0.0.0.0", port))  # noqa: S104


def test_free_port_is_no_problem(taken):
    free = ("127.0.0.1", taken[1])
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()

    assert problem_with(free) == ""


def test_port_taken_on_ipv6_alone_is_seen():
    if not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        assert "is taken" in problem_with(("::1", listener.getsockname()[1]))
