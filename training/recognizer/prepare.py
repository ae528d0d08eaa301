"""Turns documents into arrays: pieces, features, allowed labels, windows.

`Example.words` are code points; the program's example `recognizer_inputs` is the source of features.
"""

import numpy as np

from corpora import KINDS, LABELS


class Example:
    """One document ready for training. `pieces` is a list for each word, `features` likewise, `allowed`
    a boolean array [words, labels], `ranges` the first word of each window and the one after its last."""

    def __init__(self, document, words, pieces, features, ranges):
        self.document, self.words, self.pieces = document, words, pieces
        self.features, self.ranges = features, ranges
        self.allowed = allowed_labels(document, words)

    def windows(self):
        """Words of each window."""
        if 'starts' in self.__dict__:
            return list(zip(self.starts, self.starts[1:] + [len(self.words)]))
        return self.ranges


def allowed_labels(document, words):
    """Which labels each word may have. Unlabelled documents allow all."""
    allowed = np.zeros((len(words), len(LABELS)), bool)
    if not document.labelled:
        allowed[:] = True
        return allowed
    allowed[:, 0] = True
    for kind in document.open_kinds:
        place = 1 + 2 * KINDS.index(kind)
        allowed[:, place:place + 2] = True
    index = 0
    for start, end, kinds in sorted(document.spans):
        while index < len(words) and words[index][1] <= start:
            index += 1
        first = True
        while index < len(words) and words[index][0] < end:
            allowed[index] = False
            for kind in kinds:
                allowed[index, 1 + 2 * KINDS.index(kind) + (not first)] = True
            first = False
            index += 1
    return allowed
