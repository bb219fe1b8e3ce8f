"""Raw words, states and jumps of NumPy's bit generators and of Python's random.Random."""

import pathlib
import random
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

SEEDS = [0, 1, 42, 20240607, 2**100 + 12345]
ENGINES = ["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"]


def plain(v):
    """A state with its arrays and numpy integers as plain ones."""
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, np.ndarray):
        return [int(x) for x in v] if v.dtype != np.uint32 else v
    return int(v) if isinstance(v, np.integer) else v


def words(bits, n):
    return np.array([bits.ctypes.next_uint32(bits.ctypes.state) for _ in range(n)], np.uint32)


cases = []
for entropy, key, pool in [(0, (), 4), (1, (), 4), (12345, (7,), 4), (2**100 + 3, (1, 2), 4), ([1, 2**40, 3, 4, 5, 6], (), 4), (99, (), 8)]:
    s = np.random.SeedSequence(entropy, spawn_key=key, pool_size=pool)
    children = s.spawn(2)
    grandchild = children[1].spawn(1)[0]
    cases.append({"name": f"SeedSequence {entropy} {key} {pool}", "kind": "sequence", "entropy": entropy, "key": list(key), "pool": pool,
                  "state": s.generate_state(10), "children": [c.generate_state(4) for c in children], "grandchild": grandchild.generate_state(4)})

for engine in ENGINES:
    for seed in SEEDS:
        bits = getattr(np.random, engine)(seed)
        case = {"name": f"{engine} {seed}", "kind": "engine", "engine": engine, "seed": seed, "raw": [int(x) for x in bits.random_raw(12)]}
        # An odd number of halves, then doubles: the spare half waits.
        case["halves"] = words(bits, 5)
        case["doubles"] = np.array([bits.ctypes.next_double(bits.ctypes.state) for _ in range(4)])
        case["more"] = words(bits, 4)
        state = plain(bits.state)
        if engine == "MT19937":
            state["state"]["key"] = int(np.sum(bits.state["state"]["key"], dtype=np.uint64))
        case["state"] = state
        skip = bits.random_raw(2000)
        case["sum"] = int(np.bitwise_xor.reduce(skip))
        if hasattr(bits, "advance"):
            bits.advance(10**30 + 7)
            case["advanced"] = [int(x) for x in bits.random_raw(3)]
            bits.advance(-5)
            case["back"] = [int(x) for x in bits.random_raw(3)]
            case["jumped"] = [int(x) for x in bits.jumped(3).random_raw(3)]
        if engine == "MT19937" and seed in SEEDS[:2]:
            case["jumped"] = [int(x) for x in bits.jumped(1).random_raw(3)]
            case["jumpedTwice"] = [int(x) for x in bits.jumped(2).random_raw(3)]
        cases.append(case)

for seed in [0, 1, 5489, 2**32 - 1]:
    r = np.random.RandomState(seed)
    cases.append({"name": f"MT19937 by integer {seed}", "kind": "mt", "seed": seed, "words": np.array(r.randint(0, 2**32, 1300, dtype=np.uint32))[[0, 1, 2, 623, 624, 1299]]})
for key in [[1], [0x123, 0x234, 0x345, 0x456], list(range(700))]:
    r = np.random.RandomState(key)
    cases.append({"name": f"MT19937 by {len(key)} integers", "kind": "mt", "key": key, "words": np.array(r.randint(0, 2**32, 1300, dtype=np.uint32))[[0, 1, 2, 623, 624, 1299]]})

for key, counter in [(5, 0), (2**127 + 9, 2**200 + 2**64 - 1)]:
    bits = np.random.Philox(key=key, counter=counter)
    cases.append({"name": f"Philox key {key}", "kind": "philox", "key": key, "counter": counter, "raw": [int(x) for x in bits.random_raw(9)]})

for seed in [0, 1, -7, 42, 123456789, 2**70 + 1]:
    r = random.Random(seed)
    case = {"name": f"random.Random {seed}", "kind": "python", "seed": seed}
    case["random"] = [r.random() for _ in range(5)]
    case["bits"] = [r.getrandbits(k) for k in (1, 5, 31, 32, 33, 64, 100, 0)]
    case["randint"] = [r.randint(1, 10**9), r.randint(-5, 5), r.randint(0, 2**31 - 1), r.randint(0, 2**63), r.randrange(7)]
    items = list(range(20))
    r.shuffle(items)
    case["shuffle"] = list(items)
    case["choice"] = [r.choice("abcdefg") for _ in range(6)]
    case["sample"] = [r.sample(range(10), 4), r.sample(range(1000), 5), r.sample(range(30), 30)]
    case["choices"] = [r.choices("xyz", k=6), r.choices("xyz", weights=[1, 5, 2], k=6)]
    case["gauss"] = [r.gauss(0.0, 1.0) for _ in range(3)]
    case["uniform"] = [r.uniform(2.5, 9.0)]
    case["normalvariate"] = [r.normalvariate(1.0, 2.0) for _ in range(3)]
    case["others"] = [r.expovariate(1.5), r.triangular(0.5, 2.5, 1.0), r.betavariate(2.0, 3.0), r.gammavariate(0.5, 1.0), r.gammavariate(1.0, 2.0), r.gammavariate(3.5, 2.0), r.lognormvariate(0.0, 1.0), r.paretovariate(2.0), r.weibullvariate(1.5, 2.0), r.vonmisesvariate(0.5, 2.0)]
    case["bytes"] = list(r.randbytes(7))
    case["last"] = r.random()
    cases.append(case)
save(__file__, cases, "numpy")
