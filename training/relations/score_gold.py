#!/usr/bin/env python3
"""CoNLL04 with gold entities, and our annotations that were kept apart, at several probabilities.

    score_gold.py ENCODED WEIGHTS
"""

import sys

import torch

from encoded import load
from pair_network import Pairs
from passages import held_out
from score_pairs import conll04, report, table


def main():
    folder, weights = sys.argv[1:]
    model = Pairs()
    model.load_state_dict(torch.load(weights))
    model.eval()
    parts = load(folder, ["worldwide", "wikipedia", "written", "conll04-dev"])
    corpus = parts.pop("conll04-dev")
    for least in (0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        print(f"CoNLL04, gold entities, at {least}: {conll04(model, corpus, least)}")
    for name, sentences in parts.items():
        held = [s for s in sentences if held_out(s.name) and len(s.mentions) > 1]
        print(name, report(model, held, (0.3, 0.5, 0.7)))
        print(table(model, held))


if __name__ == "__main__":
    main()
