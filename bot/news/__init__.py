"""News sense: what a sentence claims, what holds now, where sources differ, how it went."""
