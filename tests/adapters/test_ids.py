"""Ids are UUIDs of version 7."""

from uuid import UUID

from outfitter.adapters.ids import id_for, new_id


def test_ids_are_version_seven_and_never_the_same() -> None:
    ids = [new_id() for _ in range(1000)]

    assert {UUID(one).version for one in ids} == {7}
    assert {UUID(one).variant for one in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == 1000


def test_later_ids_do_not_sort_before_earlier_ones() -> None:
    stamps = [UUID(new_id()).int >> 80 for _ in range(1000)]

    assert stamps == sorted(stamps)


def test_a_name_of_a_users_has_one_id_and_shares_it_with_nobody() -> None:
    one, other = new_id(), new_id()

    assert id_for(one, "key") == id_for(one, "key")
    assert len({id_for(user, key) for user in (one, other) for key in ("key", "Key")}) == 4
