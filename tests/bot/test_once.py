from __future__ import annotations

from bot.once import Once


def test_a_key_is_new_once_and_old_ones_are_forgotten() -> None:
    once = Once()
    assert [once.first(number) for number in (1, 2, 1)] == [True, True, False]
    for number in range(3, 3000):
        assert once.first(number)
    assert len(once) == 2000


def test_what_did_not_come_about_may_be_tried_again() -> None:
    once = Once()
    assert once.first("share")
    once.forget("share")
    once.forget("never seen")
    assert once.first("share")
    assert not once.first("share")
