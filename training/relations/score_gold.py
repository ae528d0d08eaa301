#!/usr/bin/env python3
"""CoNLL04 and Re-DocRED with gold mentions, and our annotations that were kept apart, at several probabilities.

    score_gold.py ENCODED WEIGHTS
"""

import sys

import torch

from encoded import load
from pair_network import restored
from passages import OURS, held_out
from score_pairs import conll04, redocred, report, table


def main():
    folder, weights = sys.argv[1:]
    model = restored(weights)
    parts = load(folder, [*OURS, "conll04-dev", "redocred-dev"])
    corpus, documents = parts.pop("conll04-dev"), parts.pop("redocred-dev")
    for least in (0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        print(f"CoNLL04, gold entities, at {least}: {conll04(model, corpus, least)}")
    for least in (0.3, 0.5, 0.7):
        print(f"Re-DocRED, gold mentions, at {least}: {redocred(model, documents, least)}")
    for name, sentences in parts.items():
        held = [s for s in sentences if held_out(s.name) and len(s.mentions) > 1]
        print(name, report(model, held, (0.3, 0.5, 0.7)))
        print(table(model, held))


if __name__ == "__main__":
    main()
