"""BM25 over passages with tantivy, on terms of our own analysis; derived from the store."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import tantivy

from index.lexicon import ENGLISH, Asked, Lexicon, shipped_lexicon
from index.terms import content_terms, is_name_like
from index.types import QuestionTerm
from index.vocabulary import Vocabulary
from index.word_rates import word_rates

# Passages of ordinary German and English that count besides the corpus in how rare a word is.
_BESIDES = 500
_LEAST_RARITY = 0.05
# BM25 with k1 = 1.2 cannot give a term more than its idf times k1 + 1.
_BM25_CEILING = 2.2
_TITLE_WEIGHT = 0.3
_WRITER_BYTES = 15_000_000  # the least that tantivy takes
# Share of removed passages that may still count in how rare a term is.
_TOLERATED = 0.05
_SIMILAR_WEIGHT = 0.6
# Related terms that count, and how many of them with their compounds.
_MOST_RELATED = 12
_WITH_COMPOUNDS = 3
_ALIKE = 0.7  # forms and compounds of a related term are at least so like it
# What an English word still counts that is no name and that no article has anything like.
_UNTRANSLATED = 0.4


class LexicalIndex:
    """Not thread-safe for writing; the corpus holds the lock."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """Start empty, in memory; take another lexicon than the one that ships with Beleg."""
        self._lexicon = lexicon or shipped_lexicon()
        self._schema = (
            tantivy.SchemaBuilder()
            .add_integer_field("id", stored=True, indexed=True, fast=True)
            .add_text_field("body", stored=True, tokenizer_name="terms", index_option="freq")
            .add_text_field("title", stored=True, tokenizer_name="terms", index_option="freq")
            .build()
        )
        self._vocabulary = Vocabulary()
        self._in_titles: set[str] = set()  # one whose titles are gone stays and is harmless
        self._rates = word_rates()
        self._start_over()

    def __len__(self) -> int:
        """Return the number of passages."""
        return int(self._searcher.num_docs)

    def add(self, passages: Iterable[tuple[int, str, str]]) -> None:
        """Add (id, title, text) of passages under new ids; seen by the next search."""
        for passage_id, title, text in passages:
            body_terms = content_terms(text)
            title_terms = content_terms(title)
            self._vocabulary.add(body_terms)
            self._vocabulary.add(title_terms)
            self._in_titles.update(title_terms)
            self._write(passage_id, " ".join(title_terms), " ".join(body_terms))
        self._publish()

    def remove(self, ids: Sequence[int]) -> None:
        """Remove passages; unknown ids are passed over."""
        before = len(self)
        for passage_id in ids:
            self._writer.delete_documents_by_term("id", passage_id)
        self._publish()
        self._removed += before - len(self)
        if self._removed > _TOLERATED * len(self):
            self._rebuild()

    def question_terms(self, text: str, language: str | None = None) -> tuple[QuestionTerm, ...]:
        """Return the terms of a question with what the corpus knows of them.

        Words of other spelling that mean the same are known for questions in German ("de") and
        English ("en").
        """
        terms = (self._known(asked, language) for asked in self._lexicon.asked(text, language))
        return tuple(term for term in terms if term is not None)

    def _known(self, asked: Asked, language: str | None) -> QuestionTerm | None:
        """Return a term as the corpus has it, or None where it says nothing at all."""
        similar = {} if asked.only_related else self._vocabulary.similar(asked.term)
        related = self._related(asked)
        if asked.only_related and not related:
            return None
        idf = self.idf(asked.term)
        if asked.term not in similar and related:
            # As rare as what stands for it, as far as that does: a word that the corpus lacks stays
            # one where there is only something remotely like it.
            found = sum(like * self._frequency(other) for other, like in related.items())
            closest = max(related.values())
            idf = closest * self._idf_of(found) + (1.0 - closest) * idf
        elif not similar and not related and language == ENGLISH and not is_name_like(asked.word):
            idf *= _UNTRANSLATED
        for other, likeness in related.items():
            similar[other] = max(similar.get(other, 0.0), likeness)
        return QuestionTerm(asked.term, idf, similar)

    def _related(self, asked: Asked) -> dict[str, float]:
        """Return the most related terms that the corpus has, with compounds of the closest."""
        known = ((term, like) for term, like in asked.related.items() if term in self._vocabulary)
        had = sorted(known, key=lambda item: (-item[1], item[0]))
        found = dict(had[:_MOST_RELATED])
        for term, strength in had[:_WITH_COMPOUNDS]:
            for other, likeness in self._vocabulary.similar(term).items():
                if likeness >= _ALIKE:
                    found[other] = max(found.get(other, 0.0), strength * likeness)
        return found

    def gram_weights(self, terms: Iterable[QuestionTerm]) -> dict[str, float]:
        """Return the character n-grams of a question with their share of it."""
        return self._vocabulary.gram_weights(terms)

    def idf(self, term: str) -> float:
        """Return how rare a term is: BM25's inverse document frequency, over more than the corpus.

        As if there were some hundred passages of other German besides: the first few articles of a
        corpus do not show that "groß" says little and "Mond" much. Highest for a term that neither
        has.
        """
        return self._idf_of(self._frequency(term))

    def _frequency(self, term: str) -> float:
        """Return in how many passages a term is, those besides the corpus included."""
        return self._in_corpus(term) + self._besides(term)

    def _besides(self, term: str) -> float:
        return _BESIDES * self._rates.get(term, 0.0)

    def _in_corpus(self, term: str) -> int:
        return int(self._searcher.doc_freq("body", term))

    def _idf_of(self, frequency: float) -> float:
        return _rarity(frequency, len(self) + _BESIDES)

    def search(
        self, terms: Sequence[QuestionTerm], count: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to `count` (passage id, score), best first; of some alone where ids are named.

        The score is divided by what the question could reach at best, so that it compares across
        questions.
        """
        ceiling = _BM25_CEILING * sum(term.idf for term in terms)
        clauses = [(tantivy.Occur.Should, self._clause(term)) for term in terms if term.similar]
        if not clauses or ceiling <= 0:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if among is not None:
            named = tantivy.Query.term_set_query(self._schema, "id", list(among))
            free = tantivy.Query.const_score_query(named, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, free)]
            )
        hits = self._searcher.search(query, count).hits
        return [
            (int(self._searcher.doc(address)["id"][0]), float(score) / ceiling)
            for score, address in hits
            if isinstance(score, float)
        ]

    def _clause(self, term: QuestionTerm) -> tantivy.Query:
        """Match the term or, for less, one like it: the best match counts, not their sum."""
        alternatives = []
        for other, likeness in term.similar.items():
            weight = 1.0 if other == term.term else _SIMILAR_WEIGHT * likeness
            # As rare as the question's own word, not as the odd spelling that matched, nor as
            # tantivy takes it to be, which counts the corpus alone.
            had = self._in_corpus(other)
            weight *= min(term.idf, self._idf_of(had + self._besides(other)))
            weight /= max(_rarity(had, len(self)), _LEAST_RARITY)
            shares = {"body": 1.0}
            if other in self._in_titles:
                shares["title"] = _TITLE_WEIGHT
            for field, share in shares.items():
                query = tantivy.Query.term_query(self._schema, field, other)
                alternatives.append(tantivy.Query.boost_query(query, weight * share))
        return tantivy.Query.disjunction_max_query(alternatives, tie_breaker=0.1)

    def _rebuild(self) -> None:
        """Write all passages anew: tantivy counts removed ones in how rare a term is."""
        searcher, everything = self._searcher, tantivy.Query.all_query()
        kept = searcher.search(everything, max(1, len(self))).hits
        self._start_over()
        for _, address in kept:
            document = searcher.doc(address)
            self._write(document["id"][0], document["title"][0], document["body"][0])
        self._publish()

    def _start_over(self) -> None:
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer(
            "terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._searcher = self._index.searcher()
        self._removed = 0

    def _write(self, passage_id: int, title_terms: str, body_terms: str) -> None:
        document = tantivy.Document()
        document.add_integer("id", passage_id)
        document.add_text("title", title_terms)
        document.add_text("body", body_terms)
        self._writer.add_document(document)

    def _publish(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()


def _rarity(frequency: float, passages: float) -> float:
    return math.log(1 + (passages - min(frequency, passages) + 0.5) / (frequency + 0.5))
