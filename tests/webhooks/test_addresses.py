"""Which addresses may be called, and that a name leads to what was checked and to nothing else."""

import socket

import pytest

from jinlin.platform.errors import Invalid
from jinlin.webhooks import addresses
from jinlin.webhooks.addresses import Unreachable, must_be_callable, target_of


@pytest.fixture
def leads_to(monkeypatch):
    """Let every name lead to these addresses."""

    def resolve(*found: str) -> None:
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in found]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *words, **more: rows)

    return resolve


def test_a_public_name_is_called_at_the_address_it_leads_to(leads_to):
    leads_to("93.184.216.34")
    target = target_of("https://city.example/hook?a=1")
    assert (target.host, target.port, target.path, target.ip) == ("city.example", 443, "/hook?a=1", "93.184.216.34")


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(leads_to, inside):
    leads_to(inside)
    with pytest.raises(Unreachable):
        target_of("https://city.example/hook")


def test_one_address_inside_among_public_ones_is_enough_to_refuse(leads_to):
    leads_to("93.184.216.34", "127.0.0.1")
    with pytest.raises(Unreachable):
        target_of("https://city.example/hook")


def test_networks_that_the_operator_named_are_called_also_without_encryption(leads_to, settings):
    leads_to("10.20.0.7")
    settings.JINLIN_WEBHOOK_NETWORKS = ["10.20.0.0/16"]
    assert target_of("http://city.intern:8080/").port == 8080
    leads_to("10.21.0.7")
    with pytest.raises(Unreachable):
        target_of("http://city.intern:8080/")


def test_plain_http_does_not_go_outside(leads_to):
    leads_to("93.184.216.34")
    with pytest.raises(Unreachable):
        target_of("http://city.example/hook")


@pytest.mark.parametrize(
    "url",
    [
        "", "city.example", "ftp://city.example/", "https://", "https://:443/", "https://city.example:0/", "https://[::1",
        "https://city.example:99999/", "https://user:word@city.example/", "https://city.example/#part",
        "https://city.example/a b", "https://city.example/\r\nX: y", "https://城市.example/", "https://x/" + "a" * 500,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(leads_to, url):
    leads_to("93.184.216.34")
    with pytest.raises(Invalid) as refused:
        must_be_callable(url)
    assert refused.value.fields["url"]


def test_numbers_in_disguise_are_seen_through():
    with pytest.raises(Unreachable):
        target_of("https://2130706433/")
    with pytest.raises(Unreachable):
        target_of("https://127.1/")


def test_an_unknown_name_is_told(monkeypatch):
    def unknown(*words, **more):
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match="nowhere"):
        target_of("https://nowhere.example/")
