"""Chinese text: one folded form, the bigrams that search stands on, and personal data found and masked."""

from jinlin.algorithms.chinese_text.folding import fold
from jinlin.algorithms.chinese_text.personal import Finding, PersonalKind, find_personal, mask_personal
from jinlin.algorithms.chinese_text.search import Phrase, bigrams, fts5_query, in_column, postgres_query, query_terms

__all__ = [
    "Finding",
    "PersonalKind",
    "Phrase",
    "bigrams",
    "find_personal",
    "fold",
    "fts5_query",
    "in_column",
    "mask_personal",
    "postgres_query",
    "query_terms",
]
