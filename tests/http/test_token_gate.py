"""How many refused tokens an address may bring."""

import pytest

from clock import Clock
from outfitter.core.errors import (
    Forbidden,
    Refused,
    SignInFailed,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from outfitter.http import counts
from outfitter.http.token_gate import TokenGate

ALICE, MALLORY = "192.0.2.1", "192.0.2.66"


@pytest.fixture
def clock() -> Clock:
    """The gate's clock."""
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> TokenGate:
    """A gate."""
    return TokenGate(clock)


def come(gate: TokenGate, address: str | None, error: Exception | None = None) -> None:
    """One token from that address, refused with the error if there is one."""
    with gate.listening(address):
        if error:
            raise error


def flood(gate: TokenGate, address: str | None, times: int = 60) -> None:
    """So many refused tokens from that address."""
    kinds = (Forbidden, Unauthenticated, SignInFailed, Refused)
    for n in range(times):
        error = kinds[n % len(kinds)]("no")
        with pytest.raises(type(error)):
            come(gate, address, error)


@pytest.mark.proves("R-61")
def test_after_sixty_refused_tokens_an_address_is_not_listened_to(
    gate: TokenGate, clock: Clock
) -> None:
    flood(gate, MALLORY, 59)
    come(gate, MALLORY)
    clock.now += 10.5
    flood(gate, MALLORY, 1)
    with pytest.raises(TooMany) as refused:
        come(gate, MALLORY, AssertionError("the token was looked at"))
    assert (refused.value.code, refused.value.retry_after) == ("too_many_refused_tokens", 50)
    assert [(one.most, one.seconds) for one in refused.value.quotas] == [(60, 60)]
    come(gate, ALICE)
    clock.now += 49.5
    come(gate, MALLORY)
    flood(gate, MALLORY)


@pytest.mark.parametrize(("later", "told"), [(0, 60), (0.5, 60), (59, 1), (59.5, 1)])
def test_an_address_is_told_when_its_minute_is_over(
    gate: TokenGate, clock: Clock, later: float, told: int
) -> None:
    flood(gate, MALLORY)
    clock.now += later

    with pytest.raises(TooMany) as refused:
        come(gate, MALLORY)

    assert refused.value.retry_after == told


def test_a_minute_begins_with_the_first_refusal_also_soon_after_the_machine_started() -> None:
    clock = Clock()
    clock.now = 50.0
    gate = TokenGate(clock)
    flood(gate, MALLORY)
    clock.now += 20

    with pytest.raises(TooMany):
        come(gate, MALLORY)


@pytest.mark.proves("R-61")
def test_a_token_that_is_known_passes_through_a_flood(gate: TokenGate) -> None:
    flood(gate, MALLORY)
    with gate.listening(MALLORY, known=lambda: True):
        pass
    with pytest.raises(TooMany):
        come(gate, MALLORY)


@pytest.mark.proves("R-61")
def test_what_is_being_asked_about_leaves_room_for_no_more(gate: TokenGate) -> None:
    flood(gate, MALLORY, 58)
    with gate.exchanging(MALLORY), gate.exchanging(MALLORY):
        with pytest.raises(TooMany) as refused, gate.exchanging(MALLORY):
            raise AssertionError("somebody was asked")
        assert (refused.value.code, refused.value.retry_after) == ("sign_in_rate", 1)
        come(gate, MALLORY)
        with gate.exchanging(ALICE):
            pass
    with gate.exchanging(MALLORY):
        pass


@pytest.mark.proves("R-61")
def test_what_is_asked_about_counts_until_it_is_answered(gate: TokenGate) -> None:
    flood(gate, MALLORY, 58)
    with gate.exchanging(MALLORY):
        with gate.exchanging(MALLORY):
            pass
        with gate.exchanging(MALLORY), pytest.raises(TooMany), gate.exchanging(MALLORY):
            raise AssertionError("somebody was asked")


@pytest.mark.proves("R-61")
def test_what_the_auth_server_refuses_counts_as_any_refused_token(gate: TokenGate) -> None:
    for _ in range(60):
        with pytest.raises(SignInFailed), gate.exchanging(MALLORY):
            raise SignInFailed("no")

    with pytest.raises(TooMany) as refused, gate.exchanging(MALLORY):
        raise AssertionError("somebody was asked")

    assert refused.value.code == "too_many_refused_tokens"


def test_good_tokens_and_our_own_troubles_do_not_count(gate: TokenGate) -> None:
    for _ in range(100):
        come(gate, ALICE)
        with pytest.raises(Unavailable):
            come(gate, ALICE, Unavailable("away"))
    come(gate, ALICE)


@pytest.mark.parametrize(("one", "other"), [("2001:db8::1", "2001:db8::2:1"), (None, None)])
def test_a_network_of_one_user_counts_as_one_address(
    gate: TokenGate, one: str | None, other: str | None
) -> None:
    flood(gate, one)
    with pytest.raises(TooMany):
        come(gate, other)


@pytest.mark.parametrize(
    ("one", "other"), [("2001:db8::1", "2001:db8:0:1::1"), ("192.0.2.1", "192.0.2.2")]
)
def test_a_neighbour_is_somebody_else(gate: TokenGate, one: str, other: str) -> None:
    flood(gate, one)
    come(gate, other)


def test_the_addresses_that_were_refused_last_are_remembered(
    gate: TokenGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "_KEPT", 2)
    for address in (MALLORY, "192.0.2.67", "192.0.2.68"):
        flood(gate, address)
    come(gate, MALLORY)
    with pytest.raises(TooMany):
        come(gate, "192.0.2.68")


def test_whoever_goes_on_being_refused_is_not_forgotten_first(
    gate: TokenGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "_KEPT", 2)
    flood(gate, MALLORY, 59)
    flood(gate, "192.0.2.67", 1)
    flood(gate, MALLORY, 1)
    flood(gate, "192.0.2.68", 1)
    with pytest.raises(TooMany):
        come(gate, MALLORY)
