"""When a text says that something is done again, as cron writes it."""

from time import process_time

import pytest

from outfitter.core.words.crontab import times


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("every weekday at 7:30 Berlin time", ["30 7 * * 1-5"]),
        ("every working day at 8.15", ["15 8 * * 1-5"]),
        ("at 6pm and 9am post the news", ["0 9,18 * * *"]),
        ("at 6 and 9pm post the news", ["0 18,21 * * *"]),
        ("every day at 6:30 and 18:45", ["30 6 * * *", "45 18 * * *"]),
        ("at 12am and 12pm post it", ["0 0,12 * * *"]),
        ("post it at 9 every day", ["0 9 * * *"]),
        ("run it daily at 9", ["0 9 * * *"]),
        ("every Monday and Thursday at 9 and 18 post it", ["0 9,18 * * 1,4"]),
        ("every Monday to Friday at 8", ["0 8 * * 1-5"]),
        ("weekly on Friday at noon", ["0 12 * * 5"]),
        ("on the 15th of every month at 10am", ["0 10 15 * *"]),
        ("every evening at 8 post it", ["0 20 * * *"]),
        ("every night at 2 back it up", ["0 2 * * *"]),
        ("every night at 11 back it up", ["0 23 * * *"]),
        ("at 9 in the evening", ["0 21 * * *"]),
        ("hourly, check the weather", ["0 * * * *"]),
        ("close duplicates, every 15 minutes", ["*/15 * * * *"]),
        ("every other hour", ["0 */2 * * *"]),
        ("Jeden Montag um 8 Uhr lies meine Mails", ["0 8 * * 1"]),
        ("jeden Abend um 8", ["0 20 * * *"]),
        ("todos los días a las 7 revisa mi calendario", ["0 7 * * *"]),
        ("chaque vendredi à 17h30, résume les tickets", ["30 17 * * 5"]),
        (
            "Every Sunday at 18:45 save it and every day at 6am post it",
            ["45 18 * * 0", "0 6 * * *"],
        ),
        ("tell me every Monday at 9 what meetings I have at 3pm", ["0 9 * * 1"]),
    ],
)
def test_a_time_that_is_named_is_the_time_of_cron(text: str, lines: list[str]) -> None:
    assert list(times([text])) == lines


def test_days_without_an_hour_begin_at_eight() -> None:
    assert times(["post it every Friday"]) == {"0 8 * * 5": "every Friday"}


@pytest.mark.parametrize(
    "text",
    [
        "whenever a mail comes, save it",
        "twice a day",
        "each first Monday of the month",
        "every other day at 9",
        "weekly at 9",
        "every 7 minutes",
        "every evening",
        "at sunset turn on the lights",
        "at 25:70 post it",
        "on Friday at 9 post it",
        "book a table at 7pm",
        "remind me at 5pm of the meeting",
        "never on weekends",
        "every day except weekends at 9",
        "every hour between 9 and 17",
        "not more than 5 mails a day",
    ],
)
def test_what_is_no_time_of_a_clock_or_limited_is_left_alone(text: str) -> None:
    assert times([text]) == {}


PIECES = (
    *("at 9, ", "every day at 9 and ", "12:30, ", "every ", "1 h "),
    *("at 9 every day ", "every Monday "),
)


@pytest.mark.parametrize("piece", PIECES)
def test_the_longest_text_is_looked_through_in_no_time(piece: str) -> None:
    began = process_time()
    times([piece * (16_000 // len(piece))])
    assert process_time() - began < 1
