from __future__ import annotations

from bot.conversation import Turn
from bot.memory import Memory


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_latest_turn_of_a_conversation_is_recalled() -> None:
    memory = Memory(10, 60)
    memory.remember("a", Turn("Wer?"))
    memory.remember("b", Turn("Wo?"))
    memory.remember("a", Turn("Wann?"))
    assert memory.recall("a") == Turn("Wann?")
    assert memory.recall("b") == Turn("Wo?")
    assert memory.recall("c") is None


def test_of_too_many_the_oldest_goes() -> None:
    memory = Memory(2, 60)
    for key in ("a", "b", "a", "c"):
        memory.remember(key, Turn(key))
    assert [memory.recall(key) for key in "abc"] == [Turn("a"), None, Turn("c")]
    assert len(memory) == 2


def test_what_is_too_old_is_forgotten_and_not_kept() -> None:
    clock = Clock()
    memory = Memory(10, 60, clock=clock)
    memory.remember("a", Turn("a"))
    clock.now = 60
    assert memory.recall("a") == Turn("a")
    clock.now = 61
    assert memory.recall("a") is None
    memory.remember("b", Turn("b"))
    assert len(memory) == 1
