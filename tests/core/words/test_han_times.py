"""When a text in Chinese says that something is done again, as cron writes it."""

import pytest

from outfitter.core.words.timetable import timetable


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("每天早上八点把天气发到 Telegram", "0 8 * * *"),
        ("每天晚上10点半备份数据库", "30 22 * * *"),
        ("每天下午三点一刻提醒我", "15 15 * * *"),
        ("每天中午十二点发日报", "0 12 * * *"),
        ("每天 9:30", "30 9 * * *"),
        ("每天9:30查看邮件", "30 9 * * *"),
        ("每个工作日上午九点总结邮件", "0 9 * * 1-5"),
        ("每周一早上八点发周报", "0 8 * * 1"),
        ("每周一、周三和周五18点", "0 18 * * 1,3,5"),
        ("每周一到周五 7 点", "0 7 * * 1-5"),
        ("每星期天上午十点", "0 10 * * 0"),
        ("每个周末清理收件箱", "0 8 * * 0,6"),
        ("每月15号发送账单", "0 8 15 * *"),
        ("每小时检查一次", "0 * * * *"),
        ("每隔十五分钟查看价格", "*/15 * * * *"),
        ("每2个小时", "0 */2 * * *"),
    ],
)
def test_a_time_in_chinese_is_the_time_of_cron(text: str, line: str) -> None:
    assert list(timetable([text]).lines) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "每天晚上发总结",
        "每7分钟查看一次",
        "不要每天早上八点发",
        "每天早上八点以前",
        "每天 25 点",
        "明天早上八点发一次",
        "每个客户一张发票",
    ],
)
def test_what_is_no_time_of_a_clock_in_chinese_is_left_alone(text: str) -> None:
    assert timetable([text]).lines == {}


def test_the_words_that_tell_a_time_in_chinese_come_with_it() -> None:
    assert timetable(["每天早上八点把天气发到 Telegram"]).lines == {"0 8 * * *": "每天早上八点"}
