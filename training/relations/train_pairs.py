"""Trains the network of pairs on encoded sentences.

    train_pairs.py ENCODED BASE OUT [--epochs N] [--rate R] [--seed S] [--layers 4,5] [--parts a,b]
                   [--teachers WEIGHTS WEIGHTS …]

With teachers (networks of the same form that began alike) the student begins as their mean and learns
from what they say together as much as from the annotations.
"""

import argparse
import os
import random
import time

import numpy as np
import torch

from encoded import load
from pair_network import Pairs, apart, load_layers, restored
from labels import KINDS, LABELS, MENTIONS, SYMMETRIC
from passages import OURS, held_out
from score_pairs import conll04, report

SYMMETRIC_ROWS = [LABELS.index(k) for k in KINDS if k in SYMMETRIC]
WEIGHT = {"conll04": 0.8, "redocred": 0.4, "fewrel": 0.4}
LOOKING, STATUS = 0.2, 0.1
"""Weights of the losses of the words looked at and of the status beside that of the kind."""
TAUGHT = 0.6
"""Share of the teachers in the loss of the kind."""


def allowed_of(sentence, i, j):
    """Boolean row of labels that the pair may have."""
    row = np.zeros(len(LABELS), bool)
    if (i, j) in sentence.pairs:
        row[list(sentence.pairs[i, j][0])] = True
        return row
    if (j, i) in sentence.pairs:
        kinds = list(sentence.pairs[j, i][0])
        if len(kinds) < len(LABELS):
            mirrored = [k for k in kinds if k in SYMMETRIC_ROWS]
            row[mirrored or 0] = True
        else:
            row[:] = True
        return row
    row[0] = True
    if sentence.covered is None:
        row[:] = True
    else:
        row[[n for n in range(1, len(LABELS)) if n not in sentence.covered]] = True
    return row


def tensors(sentences, rng=None, forget=0.0):
    """Arrays of a batch: sentences padded to the longest, all ordered pairs of their mentions.
    With probability `forget` a mention's kind is hidden."""
    width = max(len(s.words) for s in sentences)
    hidden = np.zeros((len(sentences), width, 384), np.float32)
    marks = np.zeros((len(sentences), width), np.int64)
    mask = np.zeros((len(sentences), width), bool)
    row, first, last, head, tail, far = [], [], [], [], [], []
    allowed, weight, said, status = [], [], [], []
    for n, s in enumerate(sentences):
        hidden[n, : len(s.words)], mask[n, : len(s.words)] = s.hidden, True
        before = len(row)
        for a, b, kind in s.mentions:
            if forget and rng.random() < forget:
                kind = MENTIONS.index("other")
            marks[n, a], marks[n, a + 1: b] = 1 + 2 * kind, 2 + 2 * kind
            row.append(n), first.append(a), last.append(b - 1)
        for i, a in enumerate(s.mentions):
            for j, b in enumerate(s.mentions):
                if i == j:
                    continue
                head.append(before + i), tail.append(before + j), far.append(apart(a, b, i, j))
                allowed.append(allowed_of(s, i, j)), weight.append(WEIGHT.get(s.part, 1.0))
                found = s.pairs.get((i, j)) or (s.pairs.get((j, i)) if allowed[-1][SYMMETRIC_ROWS].any()
                                                and not allowed[-1][0] else None)
                said.append(found[1] if found else None)
                status.append(["asserted", "reported", "alleged", "denied"].index(found[2])
                              if found and found[2] else -1)
    as_tensor = {"row": row, "first": first, "last": last, "head": head, "tail": tail, "apart": far}
    out = {k: torch.tensor(v, dtype=torch.long) for k, v in as_tensor.items()}
    out.update(hidden=torch.from_numpy(hidden), marks=torch.from_numpy(marks), mask=torch.from_numpy(mask))
    goal = {"allowed": torch.from_numpy(np.array(allowed).reshape(-1, len(LABELS))),
            "weight": torch.tensor(weight), "status": torch.tensor(status, dtype=torch.long)}
    words = torch.zeros(len(head), width)
    for n, place in enumerate(said):
        if place:
            words[n, place[0]: place[1]] = 1 / (place[1] - place[0])
    goal["words"] = words
    return out, goal


def taught_by(teachers, batch):
    """The mean of what the teachers say: probabilities of the labels of each pair, and of the status."""
    with torch.no_grad():
        said = [teacher(batch) for teacher in teachers]
    mean = lambda part: sum(result[part].softmax(-1) for result in said) / len(said)  # noqa: E731
    return mean(0), mean(2)


def loss_of(result, goal, taught=None):
    """Minus the log of what the allowed labels have together, and the lesser losses; with what teachers say,
    how far the scores are from that as well."""
    scores, looks, status = result
    kind = scores.logsumexp(-1) - scores.masked_fill(~goal["allowed"], -1e9).logsumexp(-1)
    if taught is not None:
        kind = (1 - TAUGHT) * kind - TAUGHT * (scores.log_softmax(-1) * taught[0]).sum(-1)
    loss = (kind * goal["weight"]).sum()
    if taught is not None:
        related = (1 - taught[0][:, 0]).unsqueeze(-1)
        loss = loss - STATUS * (status.log_softmax(-1) * taught[1] * related).sum()
    marked = goal["words"].sum(-1) > 0
    if marked.any():
        loss = loss - LOOKING * (looks[marked].log_softmax(-1) * goal["words"][marked]).sum()
    known = goal["status"] >= 0
    if known.any():
        loss = loss + STATUS * torch.nn.functional.cross_entropy(
            status[known], goal["status"][known], reduction="sum")
    return loss


def batches(sentences, size, rng):
    """Sentences of like length together, by words with padding."""
    order = sorted(sentences, key=lambda s: len(s.words) + rng.random() * 6)
    out, group = [], []
    for s in order:
        if group and (len(group) + 1) * max(len(s.words), len(group[-1].words)) > size:
            out.append(group)
            group = []
        group.append(s)
    out.append(group)
    rng.shuffle(out)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("encoded")
    p.add_argument("base")
    p.add_argument("out")
    p.add_argument("--layers", default="1,2,3,4")
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--batch", type=int, default=600)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--forget", type=float, default=0.05)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--parts", default="worldwide,written,wikipedia,single,conll04,fewrel")
    p.add_argument("--integer", type=float, default=0.7)
    p.add_argument("--average", type=float, default=0.998, help="of the weights over the steps, decay of each")
    p.add_argument("--every", type=int, default=2, help="epochs between two reports")
    p.add_argument("--teachers", nargs="+", default=[])
    p.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    data = load(args.encoded, args.parts.split(",") + ["conll04-dev"])
    train, held = [], []
    for part in args.parts.split(","):
        for s in data.get(part, []):
            if len(s.mentions) > 1:
                kept = held_out(s.name) and part in OURS
                (held if kept else train).append(s)
                if kept and args.all:
                    train.append(s)
    numbers = [int(x) for x in args.layers.split(",") if x]
    model = Pairs(len(numbers), args.drop)
    load_layers(model, args.base, numbers)
    teachers = [restored(path) for path in args.teachers]
    if teachers:
        states = [torch.load(path) for path in args.teachers]
        model.load_state_dict({k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v
                               for k, v in states[0].items()})
    slow = [q for n, q in model.named_parameters() if n.startswith("layers.")]
    fast = [q for n, q in model.named_parameters() if not n.startswith("layers.")]
    optimizer = torch.optim.AdamW([{"params": slow, "peak": args.rate}, {"params": fast, "peak": args.rate * 5}],
                                  lr=args.rate, weight_decay=0.01, fused=True)
    groups = [batches(train, args.batch, rng) for _ in range(args.epochs)]
    total, step = sum(map(len, groups)), 0
    mean = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.average))
    for epoch, group in enumerate(groups, 1):
        model.train()
        began, losses = time.time(), []
        for sentences in group:
            if step == int(total * args.integer):
                model.integer(True)
            factor = min(1.0, (step + 1) / (0.06 * total), max(0.0, 1 - step / total) / 0.94)
            for g in optimizer.param_groups:
                g["lr"] = g["peak"] * factor
            batch, goal = tensors(sentences, rng, args.forget)
            taught = taught_by(teachers, batch) if teachers else None
            loss = loss_of(model(batch), goal, taught) / (len(sentences) * 4)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            mean.update_parameters(model)
            losses.append(loss.item())
            step += 1
            if step % 100 == 0:
                print(f"{step}/{total} loss {np.mean(losses[-100:]):.4f} {time.time() - began:.0f} s", flush=True)
        torch.save(mean.module.state_dict(), args.out + ".part")
        if epoch % args.every == 0 or epoch == args.epochs:
            mean.module.integer(step >= int(total * args.integer))
            mean.eval()
            print(f"epoch {epoch} loss {np.mean(losses):.4f} {time.time() - began:.0f} s;", report(mean.module, held),
                  "conll04", conll04(mean.module, data["conll04-dev"]), flush=True)
    os.replace(args.out + ".part", args.out)


if __name__ == "__main__":
    main()
