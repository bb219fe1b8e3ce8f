"""Shortest digits, parsing, rounding, powers and hashes of numbers."""

import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cpython import outcome, save, value  # noqa: E402

random.seed(11)


def anydouble():
    while True:
        x = struct.unpack("<d", random.randbytes(8))[0]
        if x == x and abs(x) != float("inf"):
            return x


def usual():
    return random.choice([random.uniform(-1, 1), random.gauss(0, 100), random.random() * 10 ** random.randint(-12, 20), round(random.uniform(-1000, 1000), random.randint(0, 6)), random.randint(-(2**60), 2**60) / 2 ** random.randint(0, 70)])


save(__file__, [repr(anydouble()) for _ in range(2000)] + [repr(float(usual())) for _ in range(3000)], "repr.json")

INT_TEXTS = [
    "0", "12", "-7", "+5", " 42 ", "\t8\n", "1_000", "1__0", "_1", "1_", "", " ", "abc", "1.5", "1e3", "0x1f", "0b11", "0o17", "١٢", "9007199254740993", "-123456789012345678901234567890", "007", "0_0", "--1", "+-1", "1 2", "\u00a05\u2003", "0x", "١", "1L", "'",
]
rows = [["int", [value(t)], outcome(int, t)] for t in INT_TEXTS if t.isascii() or not any(c.isdigit() and not c.isascii() for c in t)]
for text, base in [("ff", 16), ("0xFF", 16), ("0b101", 2), ("101", 2), ("0o17", 8), ("z", 36), ("Zz", 36), ("12", 3), ("2", 2), ("0x1f", 0), ("0b11", 0), ("0o7", 0), ("12", 0), ("012", 0), ("00", 0), ("0", 0), ("0x_1f", 16), ("0b", 2), ("b1", 16), ("0b1", 16), ("0b1", 12), ("-0x10", 16), ("1_0", 2), ("1", 1), ("1", 37), ("1", -1), ("0_7", 0), ("g", 16)]:
    rows.append(["int", [value(text), base], outcome(int, text, base)])
for v in [3.9, -3.9, 0.5, -0.5, 1e20, -1e25, float("inf"), float("-inf"), float("nan"), True, False, 7, 2**70, None, [], [1], {}, 1j, (), b"12", b"x", set()]:
    rows.append(["int", [value(v)], outcome(int, v)])
rows.append(["int", [], outcome(int)])
rows.append(["int", [value(5), 10], outcome(int, 5, 10)])
FLOAT_TEXTS = [
    "0", "1", "-1.5", "+2.", ".5", "-.5e3", "1e-3", "1E5", "1e400", "-1e400", "1e-400", "inf", "-Infinity", "+INF", "nan", "-nan", "infinit", " 3.5 ", "1_000.5", "1_000.5_5e1_0", "1__0", "_1", "1_", "1e_5", "1e", "e5", ".", "", " ", "abc", "0x10", "1,5", "1 2", "--1", "1.2.3", "1e5.5", "9007199254740993", "0.1e1", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1d5", "\u00a01.5\u2003", "1f", "NaN", "0e0", "-0",
]
rows += [["float", [value(t)], outcome(float, t)] for t in FLOAT_TEXTS]
for v in [3, 2**53 + 1, 2**70, 10**400, True, None, [], "a'b", 1j, {}, (), b"1.5", 0.25, 4.0]:
    rows.append(["float", [value(v)], outcome(float, v)] if not isinstance(v, int) or abs(v) < 10**300 else ["float", [{"$i": str(v)}], outcome(float, v)])
rows.append(["float", [], outcome(float)])
for args in [(), (1,), (1, 2), (1.5, -2), (0, -0.0), (1j, 1), (1, 1j), (1j, 1j), ("1+2j",), ("1-2j",), ("j",), ("-j",), ("+1j",), ("3",), ("(1+2j)",), (" 1+2j ",), ("1 + 2j",), ("1e5-1e-3j",), ("inf+nanj",), ("1+j",), ("",), ("a",), ("1j2",), ("1+2",), ("1", 2), (1, "2"), ([],), (1, []), (None,), ("nan",), (".5j",), ("1_0+2_0j",), (True, False), ("infj",)]:
    rows.append(["complex", [value(a) for a in args], outcome(complex, *args)])
for v in [0, 1, -1, "", "a", [], [0], (), (0,), {}, {"a": 0}, set(), {0}, None, 0.0, 0.5, -0.0, float("nan"), 0j, 1j, b"", b"\0", True, False, range(0), range(3)]:
    rows.append(["bool", [value(v)], outcome(bool, v)])
for x in [0.5, 1.5, 2.5, -0.5, -1.5, 3.49999, 1e20, 2.0**52 + 0.5, float("inf"), float("nan"), 7, -7, 2**70, True, -0.4, 0.49999999999999994, 4503599627370497.5]:
    rows.append(["round", [value(x)], outcome(round, x)])
for x, n in [(2.675, 2), (1.005, 2), (0.125, 2), (0.375, 2), (-2.5, 0), (2.5, 0), (1234.5, -2), (1250.0, -2), (1350.0, -2), (1e22, 5), (1.5, 400), (1.5, -400), (-1.5, -400), (5e-324, 320), (1.7976931348623157e308, -308), (float("inf"), 2), (float("nan"), 1), (15, -1), (25, -1), (-15, -1), (-25, -1), (1249, -2), (1250, -2), (1251, -2), (7, 3), (10**25, -24), (55 * 10**24, -25), (0.1, 1), (0.9999, 2), (1e16, -1), (123456789.0, -4), (True, 1), (0.5, None), (3, None), (1.5, 1.5), (-0.04, 1), (0.05, 1), (0.15, 1), (0.25, 1), (0.35, 1)]:
    rows.append(["round", [value(x), value(n)], outcome(round, x, n)])
for v in ["a", None, [1], 1j]:
    rows.append(["round", [value(v)], outcome(round, v)])
for _ in range(1500):
    x, n = float(usual()), random.randint(-3, 12)
    rows.append(["round", [value(x), n], outcome(round, x, n)])
for _ in range(300):
    x, n = random.randint(-(10**6), 10**6) + random.choice([0, 0.5, 0.25, 0.125]), random.randint(-3, 3)
    rows.append(["round", [value(x), n], outcome(round, x, n)])
for v in [0, 1, -1, -2, 2**61 - 1, 2**61, -(2**61), 2**70, 0.5, -0.5, 1e300, -1e-300, 0.1, 1.0, float("inf"), float("-inf"), 5e-324, True, (1, 2), (), (1,), (0.5, (1, 2)), 1j, 1 + 2j, -1 - 1j, 0.0, -0.0, 123456789.125]:
    rows.append(["hash", [value(v)], outcome(hash, v)])
for v in [[], {}, set(), [1, 2]]:
    rows.append(["hash", [value(v)], outcome(hash, v)])
for f, name in [(chr, "chr"), (hex, "hex"), (oct, "oct"), (bin, "bin")]:
    for v in [0, 65, 233, 0x1F600, 255, 2**70, -5, True, 1.5, "a", None, 0x10FFFF, 0x110000]:
        if name == "chr" and isinstance(v, int) and v > 2**32:
            continue
        rows.append([name, [value(v)], outcome(f, v)])
for v in ["a", "é", "😀", "", "ab", b"a", b"", 5, None]:
    rows.append(["ord", [value(v)], outcome(ord, v)])
save(__file__, rows)

rows = []
for _ in range(1500):
    x = random.choice([random.uniform(0, 2), random.uniform(0, 100), 10 ** random.uniform(-30, 30), abs(anydouble())])
    y = random.choice([random.uniform(-3, 3), random.uniform(-50, 50), random.choice([0.5, -0.5, 1 / 3, 2.5, -1.5, 0.1]), random.randint(-20, 20) * 1.0])
    try:
        rows.append([x, y, x**y])
    except (OverflowError, ZeroDivisionError):
        continue
save(__file__, rows, "powers.json")
rows = []
for _ in range(1000):
    s = 10 ** random.choice([0, 0, 0, 150, -150, 5])
    x, y = random.uniform(-1, 1) * s, random.uniform(-1, 1) * s * random.choice([1, 1, 1e-3, 1e-9])
    rows.append([x, y, abs(complex(x, y))])
save(__file__, rows, "lengths.json")
