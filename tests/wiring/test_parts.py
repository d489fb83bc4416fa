"""Parts as they come from the settings."""

from outfitter.settings import Settings
from outfitter.wiring import parts


def test_a_turn_that_was_lost_is_given_up_within_a_minute() -> None:
    settings = Settings(_env_file=None)
    assert settings.model_deadline < parts.pace(settings).patience < 60
