"""One kind for one name within a document: the reference for what the program does after the network.

Comes in: an example and the log-probabilities of its words. Goes out: spans (first word, end, kind).
"""

from collections import defaultdict

import numpy as np

from corpora import KINDS
from score import spans_of

SHARE = 0.4
"""How far a word's scores move to the mean of all its occurrences. Chosen on the held-out tenth."""
LEAST = 1e-6


def kinds_of(scores):
    """Log-probabilities of no name and of each kind, whatever the place in a span."""
    p = np.exp(scores)
    together = np.concatenate([p[:, :1], p[:, 1::2] + p[:, 2::2]], 1)
    return np.log(np.maximum(together, LEAST))


def smooth(example, scores, share=SHARE):
    """Moves the scores of a capitalised word towards their mean over the document."""
    text, places = example.document.text, defaultdict(list)
    for first, end in example.windows():
        for index in range(first, end):
            a, b = example.words[index]
            if b - a > 1 and text[a].isupper():
                places[text[a:b]].append(index)
    out, logs = scores.copy(), kinds_of(scores)
    for where in places.values():
        if len(where) > 1:
            move = share * (logs[where].mean(0) - logs[where])
            out[where, 0] += move[:, 0]
            out[where, 1::2] += move[:, 1:]
            out[where, 2::2] += move[:, 1:]
    return out


def vote(example, scores, spans):
    """Gives spans of equal text the kind that they have most of together."""
    text, p = example.document.text, np.exp(scores)
    kinds = p[:, 1::2] + p[:, 2::2]
    surfaces = [text[example.words[a][0]:example.words[b - 1][1]] for a, b, _ in spans]
    sums = defaultdict(lambda: np.zeros(len(KINDS)))
    for surface, (a, b, _) in zip(surfaces, spans):
        sums[surface] += kinds[a:b].mean(0)
    return [(a, b, KINDS[int(sums[s].argmax())]) for s, (a, b, _) in zip(surfaces, spans)]


def agreed(example, scores):
    """Spans after both steps."""
    moved = smooth(example, scores)
    return vote(example, moved, spans_of(example, moved))
