"""How often a user may have the auth server asked about them."""

import pytest

from clock import Clock
from outfitter.core.errors import TooMany
from outfitter.core.user import User
from outfitter.http.check_gate import CheckGate

ALICE, BOB = User("alice"), User("bob")


@pytest.mark.proves("R-61")
def test_a_user_is_asked_about_twenty_times_a_minute_whatever_others_do() -> None:
    clock = Clock()
    gate = CheckGate(clock)
    for _ in range(20):
        gate.count(ALICE)
    clock.now += 15
    with pytest.raises(TooMany) as refused:
        gate.count(ALICE)
    assert refused.value.retry_after == 45
    gate.count(BOB)
    clock.now += 45
    gate.count(ALICE)
