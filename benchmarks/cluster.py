"""A cluster simulated on this machine: Ray nodes of one core each, for the shape of the cost, not for the clock.

    python -m benchmarks.cluster --nodes 1 2 4

All nodes share the cores of one machine, so that the clock says nothing; what a document costs in processor seconds,
in its worker and in all that is beside the workers (Ray's own processes, the writer), says how a real cluster would grow.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import made
from benchmarks.engines import measured
from fogline.engine.cluster import RayEngine


def main() -> int:
    """Measure each number of nodes in a process of its own, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--reports", type=int, default=480)
    parser.add_argument("--shard", type=int, default=24)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_on(given.one, given.reports, given.shard)))
        return 0
    print(f"{'nodes':>6}{'ms of a core a document, worker':>34}{'beside the workers':>20}")
    for nodes in given.nodes:
        command = [sys.executable, "-m", "benchmarks.cluster", "--one", str(nodes)]
        command += ["--reports", str(given.reports), "--shard", str(given.shard)]
        row = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1])
        print(f"{nodes:6}{1000 * row['worker']:34.2f}{1000 * row['others']:20.2f}", flush=True)
    return 0


def _on(nodes: int, reports: int, shard: int) -> dict[str, float]:
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    for _ in range(nodes):
        cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    try:
        with tempfile.TemporaryDirectory() as place:
            made.write_short(Path(place), reports, seed=1)
            return measured(Path(place), RayEngine(), shard)
    finally:
        ray.shutdown()
        cluster.shutdown()


if __name__ == "__main__":
    sys.exit(main())
