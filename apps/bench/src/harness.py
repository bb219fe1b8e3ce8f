"""Times workloads within a budget, as harness.mjs does; import it before the library, so that its threads are as asked."""

import json
import os
import sys
import time

threads = int(os.environ.get("BENCH_THREADS", "1"))
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(threads)


LEAST = 3
PATIENCE = 20


def measure(call, seconds, alive):
    """Samples in milliseconds after a warm-up, three at least unless they take more than 20 budgets; calls too short for the clock are timed in groups."""
    clock = time.perf_counter
    begin = clock()

    def once():
        began = clock()
        call()
        took = clock() - began
        if took > seconds:
            alive()
        return took

    def impatient():
        return clock() - begin > PATIENCE * seconds

    first = once()
    if impatient():
        return [1000 * first]
    fastest = once()
    if impatient():
        return [1000 * fastest]
    until = clock() + min(0.3, seconds / 2)
    while clock() < until:
        fastest = min(fastest, once())
    group = max(1, int(0.0005 / max(fastest, 1e-8))) if fastest < 0.0005 else 1
    samples = []
    end = clock() + seconds
    while True:
        began = clock()
        for _ in range(group):
            call()
        samples.append(1000 * (clock() - began) / group)
        if samples[0] > 1000 * seconds:
            alive()
        if clock() > end and (len(samples) >= LEAST or impatient()):
            return samples


def run(workloads):
    """Runs those of the asked workloads that this library has; prints one line of JSON for each as it ends."""
    asked = json.loads(sys.argv[1])
    for name in asked["only"]:
        if name not in workloads:
            continue

        def begin(name=name):
            print("\n@" + json.dumps({"begin": name}), flush=True)

        begin()
        try:
            call = workloads[name]()
            begin()
            done = {"name": name, "samples": measure(call, asked["seconds"], begin)}
        except Exception as e:  # noqa: BLE001
            done = {"name": name, "error": str(e)[:200]}
        print("\n@" + json.dumps(done), flush=True)
