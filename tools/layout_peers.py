#!/usr/bin/env python3
"""The force layout beside its peers on the same graphs: seconds, neighborhoods and stress.

    layout_peers.py REDSTRING [--graphs tree3k,grid10k,...] [--tools sfdp,fr,drl,fa2,redstring] [--seed N]

Graphs (largest component), each with a number of nodes behind its name (300, 1k, 20k): tree, a random
tree; grid, as wide as high; news, who is named together in reports: subjects with popular and rare names,
a few names known everywhere, and small circles of names in each report; attachment (Barabasi and Albert,
2 links a node), random (1.5 links a node), smallworld (Watts and Strogatz, 4 neighbors, a tenth led
elsewhere), near (points within a radius), karate34 and lesmis77. Other seeds give others of them.

Tools, those left out that are not installed: sfdp (graphviz), Fruchterman-Reingold with 500 steps and
DrL (python-igraph), ForceAtlas2 with 500 steps (graphology and graphology-layout-forceatlas2 for node,
found through NODE_PATH), Redstring. sfdp and Redstring are timed as whole processes, reading and
writing included, the others without start and reading.

Neighborhoods: of the d points nearest to a node that has d neighbors (at most 60), the share that are
its neighbors; the mean over up to 3,000 nodes (1 is best). Stress: how far distances in the picture, at
its best scale, are from distances in the graph, between 50 nodes and all others, each pair weighed by
one over its squared distance in the graph, as a share of what no picture at all would give (0 is best).

Needs numpy, scipy, networkx and python-igraph.
"""
import argparse
import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

import networkx
import numpy
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import KDTree

SUBJECT = 60  # names that belong to one subject
MOST_NEIGHBORS = 60
SAMPLED_NODES = 3000
SAMPLED_PIVOTS = 50


def reports(name_count, seed):
    """Names that are linked because reports mention them together."""
    draw = numpy.random.default_rng(seed)
    subjects, known_everywhere = max(1, name_count // SUBJECT), max(3, name_count // 400)
    popularity = numpy.arange(1, SUBJECT + 1) ** -0.8
    popularity /= popularity.sum()
    graph = networkx.Graph()
    for _ in range(name_count * 11 // 10):
        subject, size = draw.integers(subjects), draw.integers(2, 6)
        members = draw.choice(SUBJECT, size, replace=False, p=popularity)
        named = [int(subject * SUBJECT + member) for member in members]
        if draw.random() < 0.15:  # the most popular name of another subject
            named.append(int(draw.integers(subjects)) * SUBJECT)
        if draw.random() < 0.10:
            named.append(name_count + int(draw.zipf(1.6)) % known_everywhere)
        first = named[0]
        for before, name in zip(named, named[1:]):
            graph.add_edge(first, name)
            if before != first and draw.random() < 0.5:
                graph.add_edge(before, name)
    return graph


def graph_named(name, seed):
    """The largest component of a graph, without loops, its nodes numbered from 0."""
    sort, count, thousands = re.fullmatch(r"([a-z]+)(\d+)(k?)", name).groups()
    count = int(count) * (1000 if thousands else 1)
    side = round(count**0.5)
    graph = {
        "grid": lambda: networkx.grid_2d_graph(side, side),
        "tree": lambda: networkx.random_labeled_tree(count, seed=seed),
        "news": lambda: reports(count, seed),
        "attachment": lambda: networkx.barabasi_albert_graph(count, 2, seed=seed),
        "random": lambda: networkx.gnm_random_graph(count, 3 * count // 2, seed=seed),
        "smallworld": lambda: networkx.watts_strogatz_graph(count, 4, 0.1, seed=seed),
        "near": lambda: networkx.random_geometric_graph(count, (6 / (numpy.pi * count)) ** 0.5, seed=seed),
        "karate": networkx.karate_club_graph,
        "lesmis": networkx.les_miserables_graph,
    }[sort]()
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    largest = max(networkx.connected_components(graph), key=len)
    return networkx.convert_node_labels_to_integers(graph.subgraph(largest))


def neighborhoods(graph, points, sample):
    tree = KDTree(points)
    kept = []
    for node in sample:
        neighbors = set(graph[node])
        wanted = min(len(neighbors), MOST_NEIGHBORS)
        near = tree.query(points[node], k=wanted + 1)[1]
        near = [other for other in near if other != node][:wanted]
        kept.append(len(neighbors.intersection(near)) / wanted)
    return float(numpy.mean(kept))


def stress(graph, points, pivots):
    ends = numpy.array(graph.edges()).T
    matrix = coo_matrix((numpy.ones(ends.shape[1]), ends), shape=(len(points),) * 2).tocsr()
    hops = shortest_path(matrix, directed=False, unweighted=True, indices=pivots)
    drawn = numpy.linalg.norm(points[pivots, None] - points[None], axis=2)
    # Weighed by one over squared hops, a pair counts by what is drawn for each hop.
    share = drawn[hops > 0] / hops[hops > 0]
    scale = share.sum() / max((share**2).sum(), 1e-12)
    return float(((1 - scale * share) ** 2).mean())


def quality(graph, points):
    points = numpy.asarray(points, float)
    if not numpy.isfinite(points).all():
        return float("nan"), float("nan")
    draw, count = numpy.random.default_rng(0), len(points)
    sample = draw.choice(count, min(count, SAMPLED_NODES), replace=False)
    pivots = draw.choice(count, min(count, SAMPLED_PIVOTS), replace=False)
    return neighborhoods(graph, points, sample), stress(graph, points, pivots)


def sfdp(graph, folder, _binary):
    source = os.path.join(folder, "graph.dot")
    with open(source, "w") as out:
        out.write("graph { node [shape=point];\n")
        out.writelines(f"{a} -- {b};\n" for a, b in graph.edges())
        out.write("}\n")
    begin = time.time()
    plain = subprocess.run(["sfdp", "-Tplain", source], capture_output=True, text=True, check=True)
    seconds = time.time() - begin
    points = numpy.zeros((graph.number_of_nodes(), 2))
    for fields in map(str.split, plain.stdout.splitlines()):
        if fields and fields[0] == "node":
            points[int(fields[1])] = float(fields[2]), float(fields[3])
    return seconds, points


def by_igraph(graph, lay_out):
    import igraph

    same = igraph.Graph(graph.number_of_nodes(), list(graph.edges()))
    begin = time.time()
    layout = lay_out(same)
    return time.time() - begin, layout.coords


def fruchterman_reingold(graph, _folder, _binary):
    return by_igraph(graph, lambda same: same.layout_fruchterman_reingold(niter=500))


def drl(graph, _folder, _binary):
    return by_igraph(graph, lambda same: same.layout_drl())


FORCE_ATLAS = """
const { readFileSync } = require("fs");
const Graph = require("graphology");
const forceAtlas2 = require("graphology-layout-forceatlas2");
const { start, edges } = JSON.parse(readFileSync(process.argv[2]));
const graph = new Graph();
start.forEach(([x, y], node) => graph.addNode(node, { x, y }));
edges.forEach(([source, target]) => graph.addEdge(source, target));
const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: true };
const begin = process.hrtime.bigint();
const places = forceAtlas2(graph, { iterations: 500, settings });
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const points = start.map((_, node) => [places[node].x, places[node].y]);
process.stdout.write(JSON.stringify({ seconds, points }));
"""


def force_atlas(graph, folder, _binary):
    source, script = os.path.join(folder, "graph.json"), os.path.join(folder, "run.js")
    start = numpy.random.default_rng(1).random((graph.number_of_nodes(), 2)) * 1000
    with open(source, "w") as out:
        json.dump({"start": start.tolist(), "edges": [list(edge) for edge in graph.edges()]}, out)
    with open(script, "w") as out:
        out.write(FORCE_ATLAS)
    run = subprocess.run(["node", script, source], capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    return found["seconds"], found["points"]


def redstring(graph, folder, binary):
    source, target = os.path.join(folder, "edges.csv"), os.path.join(folder, "points.csv")
    with open(source, "w") as out:
        out.write("Source,Target\n")
        out.writelines(f"{a},{b}\n" for a, b in graph.edges())
    begin = time.time()
    subprocess.run([binary, "--quiet", "layout", source, "-o", target], check=True)
    seconds = time.time() - begin
    with open(target) as rows:
        places = {int(row["Id"]): (float(row["X"]), float(row["Y"])) for row in csv.DictReader(rows)}
    return seconds, [places[node] for node in range(graph.number_of_nodes())]


def has_force_atlas():
    wanted = 'require("graphology-layout-forceatlas2"); require("graphology")'
    command = ["node", "-e", wanted]
    return shutil.which("node") and subprocess.run(command, capture_output=True).returncode == 0


TOOLS = {
    "sfdp": ("sfdp", sfdp, lambda: shutil.which("sfdp")),
    "fr": ("igraph FR", fruchterman_reingold, lambda: importlib.util.find_spec("igraph")),
    "drl": ("igraph DrL", drl, lambda: importlib.util.find_spec("igraph")),
    "fa2": ("ForceAtlas2", force_atlas, has_force_atlas),
    "redstring": ("Redstring", redstring, lambda: True),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", metavar="REDSTRING")
    parser.add_argument("--graphs", default="tree3k,grid10k,news5k,news20k")
    parser.add_argument("--tools", default=",".join(TOOLS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print("| graph | nodes | links | tool | seconds | neighborhoods | stress |")
    print("|---|---|---|---|---|---|---|")
    for name in options.graphs.split(","):
        graph = graph_named(name, options.seed)
        sizes = f"{graph.number_of_nodes()} | {graph.number_of_edges()}"
        for tool in options.tools.split(","):
            title, lay_out, is_there = TOOLS[tool]
            if not is_there():
                continue
            with tempfile.TemporaryDirectory() as folder:
                seconds, points = lay_out(graph, folder, options.binary)
            kept, strain = quality(graph, points)
            print(f"| {name} | {sizes} | {title} | {seconds:.2f} | {kept:.3f} | {strain:.3f} |", flush=True)


main()
