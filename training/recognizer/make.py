#!/usr/bin/env python3
"""From the data folder to the asset, in one command:

    python training/recognizer/make.py DATA OUT [--work FOLDER] [--threads 2] [--teachers 2]

DATA is a folder with `entities/` and `relations/` (README.md beside this file tells its layout). OUT is
the asset's path. Needs `requirements.txt` installed and a Rust toolchain (the example
`recognizer_inputs` cuts the documents, so that the network learns from what the program will show it).
Two CPU cores with bfloat16 products take about an hour and a half; an accelerator is used if torch
finds one. Steps that are done are not done again. What each step scored is printed. If OUT is the
asset that the program is built with, the program is built anew and scored on raw text at the end.
"""

import argparse
import os
import pickle
import subprocess
import sys

import corpora
import inputs

HERE = os.path.dirname(os.path.abspath(__file__))
ASSET = os.path.join(inputs.ROOT, "assets", "models", "recognizer.bin")


def prepare(data, binary, vocabulary, out):
    """All examples in one file."""
    entities, relations = os.path.join(data, "entities"), os.path.join(data, "relations")
    world = list(corpora.worldwide(os.path.join(entities, "ww-train.jsonl")))
    parts = {
        "train": [d for d in world if not corpora.held_out(d.name)]
        + list(corpora.conll04(os.path.join(relations, "conll04-train.json")))
        + list(corpora.redocred(os.path.join(relations, "redocred-dev.json"))),
        "held": [d for d in world if corpora.held_out(d.name)],
        "unlabelled": [
            d for name in ("fewrel-val-wiki", "fewrel-val-nyt")
            for d in corpora.fewrel(os.path.join(relations, f"{name}.json"), name)
        ],
        "dev": list(corpora.worldwide(os.path.join(entities, "ww-dev.jsonl"))),
        "uner": list(corpora.universal(os.path.join(entities, "uner-ewt-dev.iob2"))),
        "re3d": list(corpora.defence(os.path.join(entities, "re3d-dev.jsonl"))),
    }
    pieces = open(vocabulary, encoding="utf-8").read().rstrip("\n").split("\n")
    result = {"vocabulary": len(pieces), "first": pieces.index("[CLS]"), "last": pieces.index("[SEP]")}
    for part, documents in parts.items():
        result["features"], result[part] = inputs.run(documents, binary, vocabulary)
        words = sum(len(e.words) for e in result[part])
        print(part, len(documents), "documents", words, "words", flush=True)
    with open(out, "wb") as file:
        pickle.dump(result, file)


def step(out, *command):
    """Runs a script beside this one unless its result is there."""
    if os.path.exists(out):
        return
    part = out + ".part"
    command = [part if c is None else str(c) for c in command]
    print("+", *command, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, command[0]), *command[1:]], check=True)
    os.replace(part, out)


def score(data):
    """What the program makes of raw text with the new asset."""
    program = inputs.built("bin", "redstring")
    tool = os.path.join(inputs.ROOT, "tools", "ner_eval.py")
    for name, *options in (("ww-dev.jsonl",), ("uner-ewt-dev.iob2",), ("re3d-dev.jsonl", "--named")):
        print(name, flush=True)
        path = os.path.join(data, "entities", name)
        subprocess.run([sys.executable, tool, path, "redstring", program, *options], check=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("data")
    p.add_argument("out")
    p.add_argument("--work", default="target/recognizer")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--teachers", type=int, default=2)
    args = p.parse_args()
    work = os.path.abspath(args.work)
    os.makedirs(work, exist_ok=True)
    base = inputs.base_folder()
    vocabulary = os.path.join(base, "vocab.txt")
    prepared = os.path.join(work, "prepared.pickle")
    if not os.path.exists(prepared):
        binary = inputs.built("example", "recognizer_inputs")
        prepare(args.data, binary, vocabulary, prepared)
    teachers = []
    for seed in range(1, args.teachers + 1):
        teachers.append(os.path.join(work, f"teacher{seed}.pt"))
        step(teachers[-1], "train.py", prepared, base, None, "--seed", seed, "--epochs", 4,
             "--rate", (1e-4, 2e-4)[seed % 2 == 0], "--threads", args.threads)
    soft = [t.replace(".pt", ".soft") for t in teachers]
    for teacher, out in zip(teachers, soft):
        step(out, "soften.py", prepared, None, teacher)
    students = []
    for seed in (11, 12):
        students.append(os.path.join(work, f"student{seed}.pt"))
        step(students[-1], "train.py", prepared, base, None, "--seed", seed, "--epochs", 2,
             "--init", teachers[-1], "--soft", *soft, "--all", "--threads", args.threads)
    student = os.path.join(work, "student.pt")
    step(student, "average.py", None, *students)
    small = student
    for seed, rate in ((21, 2e-4), (22, 1.5e-4)):
        before, small = small, os.path.join(work, f"small{seed}.pt")
        step(small, "train.py", prepared, base, None, "--layers", "0,1,2,3", "--seed", seed,
             "--epochs", 1, "--rate", rate, "--init", before, "--soft", *soft, "--all",
             "--threads", args.threads)
    export = [os.path.join(HERE, "export.py"), small, prepared, vocabulary, args.out]
    subprocess.run([sys.executable, *export], check=True)
    if os.path.abspath(args.out) == ASSET:
        score(args.data)


if __name__ == "__main__":
    main()
