"""Words, pieces and windows: the reference for the program's tokenization.

Comes in: raw text. Goes out: words with offsets, WordPiece ids, windows of consecutive sentences.
"""

import unicodedata
from functools import lru_cache

WINDOW = 158
"""Pieces of a window, without the two marks around it."""
LONGEST_WORD = 100
MOST_PIECES = 16
CJK = [
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
]


@lru_cache(None)
def character_class(c):
    """'s' parts words, 'p' is a word of its own, 'w' continues a word."""
    code = ord(c)
    if c.isspace() or c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return "s"
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return "p"
    if unicodedata.category(c).startswith("P") or any(a <= code <= b for a, b in CJK):
        return "p"
    return "w"


def split(text):
    """Words as (start, end) in code points."""
    words, start = [], None
    for index, c in enumerate(text):
        kind = character_class(c)
        if kind == "w":
            if start is None:
                start = index
            continue
        if start is not None:
            words.append((start, index))
            start = None
        if kind == "p":
            words.append((index, index + 1))
    if start is not None:
        words.append((start, len(text)))
    return words


def fold(word):
    """Lower case without accents."""
    folded = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in folded if unicodedata.category(c) != "Mn")


class Vocabulary:
    """WordPiece: greedy longest match."""

    def __init__(self, path):
        self.pieces = open(path, encoding="utf-8").read().split("\n")
        if not self.pieces[-1]:
            self.pieces.pop()
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        self.unknown, self.first, self.last = (self.ids[p] for p in ("[UNK]", "[CLS]", "[SEP]"))
        self.cache = {}

    def encode(self, word):
        """Piece ids of a raw word."""
        found = self.cache.get(word)
        if found is None:
            found = self.cache[word] = self._encode(fold(word))
        return found

    def _encode(self, word):
        if not word or len(word) > LONGEST_WORD:
            return [self.unknown]
        out, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = ("##" if start else "") + word[start:end]
                if piece in self.ids:
                    out.append(self.ids[piece])
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            start = end
        return out[:MOST_PIECES]


def windows(lengths, sentence_starts):
    """First words of the windows: consecutive sentences while their pieces fit; longer ones are cut."""
    starts = sorted(set(sentence_starts) | {0})
    bounds = list(zip(starts, starts[1:] + [len(lengths)]))
    chunks = []
    for start, end in bounds:
        total, begin = 0, start
        for word in range(start, end):
            if total + lengths[word] > WINDOW:
                chunks.append((begin, total))
                begin, total = word, 0
            total += lengths[word]
        if end > begin:
            chunks.append((begin, total))
    out, filled = [], WINDOW + 1
    for begin, total in chunks:
        if filled + total > WINDOW:
            out.append(begin)
            filled = 0
        filled += total
    return out
