"""Chooses for each kind of relation the least probability that is stated.

    choose.py ENCODED WEIGHTS OUT [--precision 0.85]

On the sentences that training left out: the lowest threshold from which on the kind is right in the share
asked for; never under 0.35. A kind that never gets there is stated only when all but certain. The temperature
is the one that makes the probabilities of the left-out pairs most likely.
"""

import argparse
import json

import numpy as np
import torch

from encoded import load
from labels import KINDS, LABELS, SYMMETRIC
from passages import OURS, held_out
from pair_network import restored
from score_pairs import gold_of, probabilities

LEAST, CERTAIN, LENT = 0.35, 0.92, 10


def judged(own, held):
    """For each kind the (probability, right) of the pairs of which it is the likeliest."""
    out = {k: [] for k in KINDS}
    for s in held:
        gold = gold_of(s)
        for (i, j), row in own.get(id(s), {}).items():
            best = 1 + int(row[1:].argmax())
            if LABELS[best] in SYMMETRIC and i > j:
                continue
            out[LABELS[best]].append((float(row[best]), best in gold.get((i, j), ())))
    return out


def threshold(pairs, everything, precision):
    """The least probability from which on enough are right, or CERTAIN. Ten pairs are lent that are right as
    often as those of all kinds from there on, so that a kind with few is not judged by its first ones."""
    right, found, at, right_of_all = 0, CERTAIN, 0, 0
    for said, (p, is_right) in enumerate(sorted(pairs, reverse=True), 1):
        if p < LEAST:
            break
        right += is_right
        while at < len(everything) and everything[at][0] >= p:
            right_of_all += everything[at][1]
            at += 1
        if (right + LENT * right_of_all / at) / (said + LENT) >= precision:
            found = p
    return found


def temperature(model, held):
    """What the scores are best divided by."""
    from train_pairs import allowed_of, batches, tensors
    import random

    scores, allowed = [], []
    for group in batches(held, 3000, random.Random(0)):
        batch, goal = tensors(group)
        with torch.no_grad():
            scores.append(model(batch)[0])
        allowed.append(goal["allowed"])
    scores, allowed = torch.cat(scores), torch.cat(allowed)
    best = min(np.arange(0.7, 2.01, 0.05), key=lambda t: float(
        ((scores / t).logsumexp(-1) - (scores / t).masked_fill(~allowed, -1e9).logsumexp(-1)).mean()))
    return round(float(best), 2)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("encoded")
    p.add_argument("weights")
    p.add_argument("out")
    p.add_argument("--precision", type=float, default=0.83)
    args = p.parse_args()
    model = restored(args.weights)
    parts = load(args.encoded, OURS)
    held = [s for part in parts.values() for s in part if held_out(s.name) and len(s.mentions) > 1]
    heat = temperature(model, held)
    model.label.weight.data /= heat
    model.label.bias.data /= heat
    pairs = judged(probabilities(model, held), held)
    everything = sorted((pair for of_kind in pairs.values() for pair in of_kind), reverse=True)
    chosen = {k: threshold(pairs[k], everything, args.precision) for k in KINDS}
    right = said = 0
    for kind, least in chosen.items():
        stated = [r for p, r in pairs[kind] if p >= least]
        right, said = right + sum(stated), said + len(stated)
        print(f"{kind:14} {least:.2f}: {sum(stated)} of {len(stated)} right")
    wanted = sum(len(gold_of(s)) for s in held)
    print(f"all: {right} of {said} right, {wanted} annotated; temperature {heat}")
    with open(args.out, "w") as file:
        json.dump({"temperature": heat, "thresholds": {k: round(v, 3) for k, v in chosen.items()}}, file)


if __name__ == "__main__":
    main()
