"""The models: whether their files are whole, and whether they do what they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.doctor.finding import Finding, broken, ok, warning
from bot.language import say_error
from bot.rank import load_weights
from bot.types import Language
from index.errors import BelegError
from index.protocols import Embedder, Reader
from index.reading import Excerpt

_QUESTION = "Wie viele Häuser brannten?"
_SAME = "Drei Häuser brannten in der Nacht."
_OTHER = "Der Zoo zeigt seit Montag einen jungen Elefanten."
_UNIT = 0.01  # by how much a length may differ from 1


def check_embedder(embedder: Embedder, language: Language) -> Finding:
    """Load the sentence model and embed three sentences: two of them say much the same."""
    try:
        vectors = embedder.embed_sentences([_SAME, _OTHER])
        asked = embedder.embed_question(_QUESTION)
        name = embedder.name
    except BelegError as error:
        return broken("model", "model_unusable", why=say_error(language, error))
    except Exception as error:  # noqa: BLE001 - what libraries raise over a broken file, nobody knows
        return broken("model", "model_fails", kind=type(error).__name__)
    lengths = np.linalg.norm(np.vstack([vectors, asked]), axis=1)
    near, far = vectors @ asked
    if not np.isfinite(lengths).all() or np.abs(lengths - 1).max() > _UNIT or near <= far:
        return broken("model", "model_senseless", model=name)
    return ok("model", "model_ok", model=name, dimension=len(asked))


def check_reader(reader: Reader | None, language: Language) -> Finding:
    """Load the model that reads the best sentences, and let it read two."""
    if reader is None:
        return ok("reader", "reader_none")
    try:
        good, bad = reader.read(
            _QUESTION, [Excerpt("", "", _SAME, ""), Excerpt("", "", _OTHER, "")]
        )
        name = reader.name
    except BelegError as error:
        return broken("reader", "model_unusable", why=say_error(language, error))
    except Exception as error:  # noqa: BLE001 - same
        return broken("reader", "model_fails", kind=type(error).__name__)
    if good.score <= bad.score:
        return warning("reader", "reader_senseless", model=name)
    return ok("reader", "reader_ok", model=name)


def check_weights(path: Path | None, language: Language) -> Finding | None:
    """Read the weights of the settings; None where Beleg's own are used."""
    if path is None:
        return None
    try:
        load_weights(path)
    except BelegError as error:
        return broken("weights", "model_unusable", why=say_error(language, error))
    return ok("weights", "weights_ok", path=path)
