"""What `encode.py` leaves and training reads."""

import os
import pickle


class Encoded:
    """One sentence ready for training: `hidden` [words, 384] in 16-bit floats, `mentions` (first word, word
    after the last, kind), `pairs` (head, tail) to (labels, words of the trigger or None, status)."""

    def __init__(self, name, text, words, hidden, mentions, pairs, covered):
        self.name, self.text, self.words, self.hidden = name, text, words, hidden
        self.mentions, self.pairs, self.covered = mentions, pairs, covered


def load(folder, parts):
    """Name to sentences of the parts that were encoded."""
    out = {}
    for part in parts:
        path = os.path.join(folder, part + ".pickle")
        if os.path.exists(path):
            out[part] = pickle.load(open(path, "rb"))
            for sentence in out[part]:
                sentence.part = part
    return out
