"""A claim as it was found: how well it answers, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.features import Candidate
from bot.news.claim import Claim
from bot.news.sayers import sayer_before, sayer_in


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with how well it answers, and whether its article tells it of an earlier time.

    `plain` is the best one where it is of what is asked for by its very words.
    """

    claim: Claim
    score: float
    retold: bool = False
    plain: bool = False


def with_sayer(claim: Claim, candidate: Candidate) -> Claim:
    """Add who says so where no word beside the value tells."""
    if claim.claimant is not None:
        return claim
    sentence, sentences = candidate.sentence, candidate.hit.passage.sentences
    before = sentences[: sentences.index(sentence)]
    sayer = sayer_in(sentence) or sayer_before(sentence, before)
    return claim if sayer is None else replace(claim, claimant=sayer)
