"""Words that the lexicon treats apart."""

from __future__ import annotations

# English words that frame a question and tell nothing of its subject; German ones are stop words.
FRAME = frozenset(
    """
    above according accordingly across actually afterwards again against along already although
    among another anyone anything around away became because become becomes behind below beside
    besides beyond cannot come comes concerning currently despite during each either else even
    ever every everyone everything except few get gets getting give given go goes going gone got
    happen happened happening herself himself however instead kind least let lets like lot made
    make makes making many mean meanwhile might much must myself near never next now occur
    occurred often onto otherwise ought per perhaps put rather really regarding said say saying
    says see seen several shall since somebody someone something still take taken takes taking
    tell themselves therefore thing things think though throughout thus together told took
    toward towards type unless upon use used using via want wanted way went whether within
    without yet yourself
    """.split()  # noqa: SIM905 - easier to read than with quotation marks
)
# English words whose term is that of a German word of another meaning: a present is no "Gift".
FALSE_FRIENDS = frozenset(
    """
    arms art bad band bat better billion boot box branch brand brief bullet contest die enter ex
    exam fall fast fell fire form former fund funds gang gate gift god hail half hall hat held
    hell hit hole hut interpreter keep kick kid kind last late law lead leg legend list listen
    lock lose loss lost made male march mark met mine mist mode most mute name not note old
    order pass pest plane plant post range rank rare rat red rent ring robber rock rocket role
    roman rose sage sale see send senior silver sink spend spring stab stern stick still stock
    sued tag tank taste tod train trip turn wage wall wand war wars wart was will wink
    """.split()  # noqa: SIM905 - same
)
# Terms of German nouns that a verb shares by accident: to "land" (landen) has nothing to do with a
# country (Land). Such verbs are related to no other word.
ACCIDENTS = frozenset(
    """
    berg beton blech fall fass hall hung kost kur land los mod park ras raum reis ring schatz
    schild stift tag tran verdi wart weg
    """.split()  # noqa: SIM905 - same
)
# What parts from a German verb and closes the sentence: findet ... statt.
PARTICLES = frozenset(
    """
    ab an auf aus bei bereit ein entgegen fest fort frei her heraus hervor hin hinaus los mit nach
    nieder statt teil um unter vor voraus weg weiter wieder zu zurück zusammen
    """.split()  # noqa: SIM905 - same
)
