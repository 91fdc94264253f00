"""Chinese text: one folded form, the bigrams that search stands on, and personal data found and masked."""

from jinlin.algorithms.chinese_text.folding import fold
from jinlin.algorithms.chinese_text.search import Phrase, bigrams, fts5_query, postgres_query, query_terms

__all__ = ["Phrase", "bigrams", "fold", "fts5_query", "postgres_query", "query_terms"]
