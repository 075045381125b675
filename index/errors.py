"""The errors of Beleg: one small tree.

    BelegError
    |-- SourceError            one source could not be taken; the others go on
    |   |-- FetchError         the address was refused or did not answer
    |   |   `-- ReservedError  the site does not permit what Beleg would do with it
    |   |-- ExtractionError    nothing readable was found in what came back
    |   `-- FeedError          what came back is no feed, or none that can be followed
    |-- StoreError             the data directory or its database cannot be used
    |   |-- NotFoundError      no such article
    |   |-- InUseError         another process has the data directory
    |   `-- ModelMismatchError the stored vectors belong to another model
    |-- ModelError             the sentence model cannot be loaded
    |-- QuestionError          a question that cannot be asked: empty, endless, without words
    `-- SettingError           a setting or an option makes no sense

Every error carries a `code`, by which `bot.language` finds the sentence that a person reads, and
`details`, the values in that sentence. `str(error)` is for the log.
"""

from __future__ import annotations


class BelegError(Exception):
    """Base of all errors that Beleg raises on purpose."""

    def __init__(self, code: str, **details: object) -> None:
        """Take the code of the user's sentence (`[error]` in bot/language) and its values."""
        self.code = code
        self.details = details
        shown = " ".join(f"{name}={value!r}" for name, value in details.items())
        super().__init__(f"{code} {shown}".rstrip())


class SourceError(BelegError):
    """One source could not be taken; the others go on."""


class FetchError(SourceError):
    """The address was refused or did not answer; details hold the host, never the whole address."""


class ReservedError(FetchError):
    """The site does not permit it; details hold the host and the rule that says so."""


class ExtractionError(SourceError):
    """Nothing readable was found in what came back."""


class FeedError(SourceError):
    """What came back is no feed, or none that can be followed."""


class StoreError(BelegError):
    """The data directory or its database cannot be used."""


class NotFoundError(StoreError):
    """There is no such article in this corpus."""


class InUseError(StoreError):
    """Another process has the data directory."""


class ModelMismatchError(StoreError):
    """The stored vectors were made by another model."""


class ModelError(BelegError):
    """The sentence model cannot be loaded."""


class QuestionError(BelegError):
    """A question that cannot be asked: empty, endless, without words."""


class SettingError(BelegError):
    """A setting or an option makes no sense."""
