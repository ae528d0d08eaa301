"""Fine-tunes one network. Comes in: prepared examples; goes out: weights and a log of scores."""

import argparse
import pickle
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from corpora import LABELS
from network import DEVICE, Tagger, load_base
from score import report

SOFTNESS = 1.5
"""Temperature of distillation."""
GOLD = 0.3
"""Weight of the corpus's own labels beside the teachers' scores."""
WARM = 0.06
"""Share of the steps in which the learning rate rises."""


def batches(examples, size, rng):
    """Windows of like length together: lists of (example, first word, end word)."""
    items = [(e, a, b) for e in examples for a, b in e.windows() if b > a]
    length = [sum(len(p) for p in e.pieces[a:b]) for e, a, b in items]
    order = sorted(range(len(items)), key=lambda i: length[i] + rng.random() * 20)
    out, group = [], []
    for i in order:
        if group and (len(group) + 1) * (max(length[i], length[group[-1]]) + 2) > size:
            out.append([items[j] for j in group])
            group = []
        group.append(i)
    out.append([items[j] for j in group])
    rng.shuffle(out)
    return out


def tensors(items, first, last, drop=0.0, corpus=True, rng=None):
    """Arrays of a batch. With probability `drop` a window loses all its features."""
    width = max(sum(len(p) for p in e.pieces[a:b]) for e, a, b in items) + 2
    total = sum(b - a for _, a, b in items)
    ids = np.zeros((len(items), width), np.int64)
    mask = np.zeros((len(items), width), bool)
    owner = np.full((len(items), width), total, np.int64)
    flat, offsets, starts, word = [], [], [], 0
    for row, (e, a, b) in enumerate(items):
        ids[row, 0], at = first, 1
        bare = drop and rng.random() < drop
        for w in range(a, b):
            pieces = e.pieces[w]
            starts.append(row * width + at)
            ids[row, at:at + len(pieces)] = pieces
            owner[row, at:at + len(pieces)] = word
            offsets.append(len(flat))
            if not bare:
                flat.extend(e.features[w])
            at += len(pieces)
            word += 1
        ids[row, at] = last
        mask[row, :at + 1] = True
    names = [e.document.corpus if corpus else 0 for e, _, _ in items]
    batch = {
        "ids": torch.from_numpy(ids), "mask": torch.from_numpy(mask), "owner": torch.from_numpy(owner),
        "flat": torch.tensor(flat, dtype=torch.long), "offsets": torch.tensor(offsets),
        "first": torch.tensor(starts), "corpus": torch.tensor(names),
    }
    return {name: array.to(DEVICE) for name, array in batch.items()}


def allowed(items):
    return torch.from_numpy(np.concatenate([e.allowed[a:b] for e, a, b in items])).to(DEVICE)


def loss_of(scores, items):
    """Minus the log of what the allowed labels have together; unlabelled words count nothing."""
    mask = allowed(items)
    return (scores.logsumexp(-1) - scores.masked_fill(~mask, -1e9).logsumexp(-1)).mean()


def optimizer_of(model, rate):
    fast = [*model.feature.parameters(), *model.head.parameters(), *model.corpus.parameters()]
    marked = {id(p) for p in fast}
    slow = [p for p in model.parameters() if p.requires_grad and id(p) not in marked]
    plain = [p for p in slow if p.ndim == 1]
    slow = [p for p in slow if p.ndim > 1]
    groups = [
        {"params": slow, "peak": rate, "weight_decay": 0.01},
        {"params": plain, "peak": rate, "weight_decay": 0},
        {"params": fast, "peak": rate * 5, "weight_decay": 0},
    ]
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def mean_of(several):
    """Log of the mean probability of several teachers."""
    if len(several) == 1:
        return several[0]
    out = {}
    for name in several[0]:
        p = sum(np.exp(one[name].astype(np.float32)) for one in several) / len(several)
        out[name] = np.log(np.maximum(p, 1e-6)).astype(np.float16)
    return out


def begin_from(model, state):
    """Takes over another network's weights: the layers that both have, and all else."""
    own = model.state_dict()
    model.load_state_dict({k: state.get(k, v) for k, v in own.items()})


def begin_from_nothing(model):
    """Weights as BERT begins with them (normal, .02); the word table learns too."""
    for parameter in model.parameters():
        if parameter.ndim > 1:
            torch.nn.init.normal_(parameter, std=0.02)


def cut(epochs, steps):
    """The first so many batches."""
    out = []
    for groups in epochs:
        out.append(groups[:steps])
        steps -= len(out[-1])
    return [groups for groups in out if groups]


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("prepared")
    p.add_argument("base", help="folder of MiniLM's weights, or `random` to begin from nothing")
    p.add_argument("out")
    p.add_argument("--layers", default="0,1,2,3,4,5", help="which of MiniLM's layers begin")
    p.add_argument("--epochs", type=int, default=4)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--batch", type=int, default=2000, help="pieces, padding included")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--drop", type=float, default=0.1, help="share of windows that lose their features")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--init", help="weights to begin from")
    p.add_argument("--soft", nargs="+",
                   help="teachers' scores; then examples without labels are used too")
    p.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    p.add_argument("--integer", type=float, default=1.0,
                   help="from this part of the steps on the products act as integers")
    p.add_argument("--steps", type=int, help="stop after so many, for comparisons on a small budget")
    return p.parse_args()


def distance(scores, items, soft):
    """How far the scores are from the teachers' (Kullback and Leibler), both softened."""
    target = np.concatenate([soft[e.document.name][a:b] for e, a, b in items])
    target = (torch.from_numpy(target).to(DEVICE).float() / SOFTNESS).softmax(-1)
    own = (scores / SOFTNESS).log_softmax(-1)
    return F.kl_div(own, target, reduction="batchmean") * SOFTNESS**2


def factor_of(step, total):
    """The learning rate's share: up within the first steps, then straight down to nothing."""
    return min(1.0, (step + 1) / (WARM * total), max(0.0, 1 - step / total) / (1 - WARM))


def run_epoch(model, optimizer, groups, first_step, total, args, data, soft, rng):
    """One pass over the batches; prints the mean loss now and then."""
    began, running, pieces = time.time(), [], 0
    for step, items in enumerate(groups, first_step):
        if step == int(total * args.integer):
            model.integer(True)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor_of(step, total)
        batch = tensors(items, data["first"], data["last"], args.drop, True, rng)
        scores = model(batch)
        loss = loss_of(scores, items)
        if soft is not None:
            loss = GOLD * loss + distance(scores, items, soft)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        running.append(loss.item())
        pieces += int(batch["mask"].sum())
        if (step + 1) % 50 == 0:
            spent = time.time() - began
            print(f"{step + 1}/{total} loss {np.mean(running[-50:]):.4f}, "
                  f"{pieces / spent:.0f} pieces/s", flush=True)


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    data = pickle.load(open(args.prepared, "rb"))
    layers = [int(x) for x in args.layers.split(",")]
    model = Tagger(data["vocabulary"], len(data["features"]), len(LABELS), len(layers))
    if args.base == "random":
        begin_from_nothing(model)
    else:
        load_base(model, args.base, layers)
    if args.init:
        begin_from(model, torch.load(args.init, map_location="cpu"))
    model.to(DEVICE)
    train, soft = list(data["train"]) + (data["held"] if args.all else []), None
    if args.soft:
        soft = mean_of([pickle.load(open(path, "rb")) for path in args.soft])
        train += data["unlabelled"]
    optimizer = optimizer_of(model, args.rate)
    epochs = [batches(train, args.batch, rng) for _ in range(args.epochs)]
    if args.steps:
        epochs = cut(epochs, args.steps)
    total, done = sum(map(len, epochs)), 0
    for number, groups in enumerate(epochs, 1):
        model.train()
        run_epoch(model, optimizer, groups, done, total, args, data, soft, rng)
        done += len(groups)
        torch.save(model.state_dict(), args.out)
        model.eval()
        parts = ["held", "dev", "uner", "re3d"] if number == len(epochs) else ["held"]
        print("epoch", number, report(model, data, parts), flush=True)


if __name__ == "__main__":
    main()
