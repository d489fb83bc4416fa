"""What steps in other languages speak of."""

from time import process_time

from outfitter.core.equipping.glossary import in_english


def test_a_plan_in_english_is_looked_through_in_little_time() -> None:
    texts = [f"look at shop {number} {'which has what we sold ' * 10}" for number in range(500)]
    began = process_time()
    assert not any(map(in_english, texts))
    assert process_time() - began < 0.75
