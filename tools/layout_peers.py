#!/usr/bin/env python3
"""Time and quality of the force layout beside Graphviz sfdp and igraph, on the same graphs.

    layout_peers.py GRAPH[,GRAPH...] REDSTRING

GRAPH: grid10k, tree3k, mesh5k (random points, linked when near), world4k (a ring with shortcuts),
scale5k (preferential attachment), caves4k (cliques in a ring). SEED=N gives others.
Needs numpy, scipy, networkx and python-igraph; sfdp (graphviz) where it is installed. sfdp and
Redstring are timed as whole processes, igraph without start, reading and writing.

neighborhood preservation: share of each node's d nearest points that are among its d neighbors, mean
over all nodes (1 is best). stress: normalized stress over all pairs with 50 nodes, at the best scale.
"""
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time

import igraph
import networkx
import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import KDTree

SEED = int(os.environ.get("SEED", "1"))
GRAPHS = {
    "grid10k": lambda: networkx.grid_2d_graph(100, 100),
    "tree3k": lambda: networkx.random_labeled_tree(3000, seed=SEED),
    "mesh5k": lambda: networkx.random_geometric_graph(5000, 0.025, seed=SEED),
    "world4k": lambda: networkx.watts_strogatz_graph(4000, 6, 0.05, seed=SEED),
    "scale5k": lambda: networkx.barabasi_albert_graph(5000, 2, seed=SEED),
    "caves4k": lambda: networkx.connected_caveman_graph(200, 20),
}


def largest_component(graph):
    nodes = max(networkx.connected_components(graph), key=len)
    return networkx.convert_node_labels_to_integers(graph.subgraph(nodes))


def quality(graph, points):
    count = graph.number_of_nodes()
    tree = KDTree(points)
    kept = []
    for node in range(count):
        neighbors = set(graph[node]) - {node}
        nearest = tree.query(points[node], k=min(count, len(neighbors) + 1))[1]
        others = [other for other in numpy.atleast_1d(nearest) if other != node]
        kept.append(len(neighbors & set(others[: len(neighbors)])) / len(neighbors))
    ends = numpy.array(graph.edges())
    matrix = csr_matrix((numpy.ones(len(ends)), ends.T), shape=(count, count))
    pivots = numpy.random.default_rng(SEED).choice(count, min(count, 50), replace=False)
    hops = shortest_path(matrix, directed=False, unweighted=True, indices=pivots)
    drawn = numpy.linalg.norm(points[pivots, None] - points[None], axis=2)
    share = drawn[hops > 0] / hops[hops > 0]
    stress = 1 - share.sum() ** 2 / ((share**2).sum() * len(share))
    return float(numpy.mean(kept)), float(stress)


def by_sfdp(graph, folder, _binary):
    source = os.path.join(folder, "graph.dot")
    with open(source, "w") as out:
        lines = "".join(f"{a}--{b};\n" for a, b in graph.edges())
        out.write("graph{node[shape=point];\n" + lines + "}")
    begin = time.time()
    plain = subprocess.run(["sfdp", "-Tplain", source], capture_output=True, text=True, check=True)
    seconds = time.time() - begin
    points = numpy.zeros((graph.number_of_nodes(), 2))
    for line in plain.stdout.splitlines():
        fields = line.split()
        if fields and fields[0] == "node":
            points[int(fields[1])] = float(fields[2]), float(fields[3])
    return seconds, points


def by_igraph(graph, _folder, _binary):
    other = igraph.Graph(graph.number_of_nodes(), list(graph.edges()))
    begin = time.time()
    layout = other.layout_fruchterman_reingold(niter=500)
    return time.time() - begin, numpy.array(layout.coords)


def by_redstring(graph, folder, binary):
    source, target = os.path.join(folder, "edges.csv"), os.path.join(folder, "points.csv")
    with open(source, "w") as out:
        out.write("Source,Target\n" + "".join(f"{a},{b}\n" for a, b in graph.edges()))
    begin = time.time()
    subprocess.run([binary, "--quiet", "layout", source, "-o", target], check=True)
    seconds = time.time() - begin
    points = numpy.zeros((graph.number_of_nodes(), 2))
    with open(target) as rows:
        for row in csv.DictReader(rows):
            points[int(row["Id"])] = float(row["X"]), float(row["Y"])
    return seconds, points


def main():
    names, binary = sys.argv[1].split(","), sys.argv[2]
    tools = {"igraph FR": by_igraph, "Redstring": by_redstring}
    if shutil.which("sfdp"):
        tools = {"sfdp": by_sfdp, **tools}
    print("| graph | nodes | links | tool | seconds | neighborhoods | stress |")
    print("|---|---|---|---|---|---|---|")
    for name in names:
        graph = largest_component(GRAPHS[name]())
        for tool, run in tools.items():
            with tempfile.TemporaryDirectory() as folder:
                seconds, points = run(graph, folder, binary)
            kept, stress = quality(graph, points)
            sizes = f"{graph.number_of_nodes()} | {graph.number_of_edges()}"
            print(f"| {name} | {sizes} | {tool} | {seconds:.2f} | {kept:.3f} | {stress:.3f} |", flush=True)


main()
