import { int, len, repr, str } from "@cognate/py";
import { describe, expect, test } from "vitest";
import * as np from "./index.js";

const a = np.array([3, -1, 2]);
const s = np.array(["b", "a", "c"]) as np.ndarray & Record<"size" | "itemsize", number>;

/** What a call shows: its result, or its error. */
function shown(f: () => unknown): string {
  try {
    return repr(f());
  } catch (e) {
    const { constructor, message } = e as Error;
    return `${(constructor as unknown as { __name__: string }).__name__} ${message}`;
  }
}

// What NumPy 2.4 shows.
const CALLS: readonly (readonly [() => unknown, string])[] = [
  [() => np.where(a.gt(0), "pos", "neg"), "array(['pos', 'neg', 'pos'], dtype='<U3')"],
  [() => np.where(s.eq("a"), "x", s), "array(['b', 'x', 'c'], dtype='<U1')"],
  [() => np.sort(s), "array(['a', 'b', 'c'], dtype='<U1')"],
  [() => np.argsort(s), "array([1, 0, 2])"],
  [() => s.argsort(), "array([1, 0, 2])"],
  [() => np.concatenate([s, s]), "array(['b', 'a', 'c', 'b', 'a', 'c'], dtype='<U1')"],
  [() => np.append(s, "d"), "array(['b', 'a', 'c', 'd'], dtype='<U1')"],
  [() => np.append(s, ["dd", "e"]), "array(['b', 'a', 'c', 'dd', 'e'], dtype='<U2')"],
  [() => np.repeat(["a", "b"], 2), "array(['a', 'a', 'b', 'b'], dtype='<U1')"],
  [() => np.tile(["a", "b"], 2), "array(['a', 'b', 'a', 'b'], dtype='<U1')"],
  [() => np.isin(s, ["a", "c"]), "array([False,  True,  True])"],
  [() => np.full([2], "x"), "array(['x', 'x'], dtype='<U1')"],
  [() => np.hstack([s, ["q"]]), "array(['b', 'a', 'c', 'q'], dtype='<U1')"],
  [() => np.vstack([s, s]), "array([['b', 'a', 'c'],\n       ['b', 'a', 'c']], dtype='<U1')"],
  [
    () => np.stack([s, s], { axis: 1 }),
    "array([['b', 'b'],\n       ['a', 'a'],\n       ['c', 'c']], dtype='<U1')",
  ],
  [() => np.column_stack([s, s]), "array([['b', 'b'],\n       ['a', 'a'],\n       ['c', 'c']], dtype='<U1')"],
  [() => s.at("::-1"), "array(['c', 'a', 'b'], dtype='<U1')"],
  [() => s.at([0, 2]), "array(['b', 'c'], dtype='<U1')"],
  [() => np.take(s, [0, 0]), "array(['b', 'b'], dtype='<U1')"],
  [
    () =>
      np.array([
        ["a", "b"],
        ["c", "d"],
      ]).T,
    "array([['a', 'c'],\n       ['b', 'd']], dtype='<U1')",
  ],
  [() => np.flip(s), "array(['c', 'a', 'b'], dtype='<U1')"],
  [() => np.roll(s, 1), "array(['c', 'b', 'a'], dtype='<U1')"],
  [() => s.tolist(), "['b', 'a', 'c']"],
  [() => np.nonzero(s.eq("a")), "(array([1]),)"],
  [() => np.array(["1", "2"]).astype(int), "array([1, 2])"],
  [() => np.array([1, 2.5]).astype(str), "array(['1.0', '2.5'], dtype='<U32')"],
  [() => np.array(["x", 1]), "array(['x', '1'], dtype='<U21')"],
  [() => np.unique(s, { return_inverse: true }), "(array(['a', 'b', 'c'], dtype='<U1'), array([1, 0, 2]))"],
  [
    () => np.select([a.gt(2), a.gt(0)], ["big", "small"], "neg"),
    "array(['big', 'neg', 'small'], dtype='<U5')",
  ],
  [() => np.array_equal(s, s), "True"],
  [() => np.zeros(2, { dtype: "U5" }), "array(['', ''], dtype='<U5')"],
  [() => np.empty_like(s).shape, "(3,)"],
  [() => np.searchsorted(np.sort(s), ["b", "c"]), "array([1, 2])"],
  [() => np.intersect1d(s, ["a", "z"]), "array(['a'], dtype='<U1')"],
  [() => np.setdiff1d(s, ["a"]), "array(['b', 'c'], dtype='<U1')"],
  [() => np.union1d(s, ["z"]), "array(['a', 'b', 'c', 'z'], dtype='<U1')"],
  [() => np.delete(s, 1), "array(['b', 'c'], dtype='<U1')"],
  [() => np.insert(s, 1, "z"), "array(['b', 'z', 'a', 'c'], dtype='<U1')"],
  [() => np.array_split(s, 2), "[array(['b', 'a'], dtype='<U1'), array(['c'], dtype='<U1')]"],
  [() => np.split(s, 3), "[array(['b'], dtype='<U1'), array(['a'], dtype='<U1'), array(['c'], dtype='<U1')]"],
  [() => np.expand_dims(s, 0), "array([['b', 'a', 'c']], dtype='<U1')"],
  [() => s.reshape(3, 1), "array([['b'],\n       ['a'],\n       ['c']], dtype='<U1')"],
  [() => np.broadcast_to(s, [2, 3]), "array([['b', 'a', 'c'],\n       ['b', 'a', 'c']], dtype='<U1')"],
  [() => len(s), "3"],
  [() => s.add(s), "array(['bb', 'aa', 'cc'], dtype='<U2')"],
  [() => np.char.add(s, "!"), "array(['b!', 'a!', 'c!'], dtype='<U2')"],
  [() => np.strings.upper(s), "array(['B', 'A', 'C'], dtype='<U1')"],
  [() => np.copy(s), "array(['b', 'a', 'c'], dtype='<U1')"],
  [() => np.atleast_2d(s), "array([['b', 'a', 'c']], dtype='<U1')"],
  [() => np.squeeze(s.at(null)), "array(['b', 'a', 'c'], dtype='<U1')"],
  [() => np.lexsort([s, s]), "array([1, 0, 2])"],
  [() => np.random.RandomState(0).choice(s, 2), "array(['b', 'a'], dtype='<U1')"],
  [() => np.random.RandomState(0).permutation(s), "array(['c', 'a', 'b'], dtype='<U1')"],
  [() => np.random.RandomState(0).permutation(["x", "y", "z"]), "array(['z', 'y', 'x'], dtype='<U1')"],
  [() => np.random.default_rng(0).choice(["x", "y", "z"]), "'z'"],
  [
    () => np.random.default_rng(0).choice(["x", "y", "z"], [2, 2], { p: [0.2, 0.3, 0.5] }),
    "array([['z', 'y'],\n       ['x', 'x']], dtype='<U1')",
  ],
  [() => np.random.default_rng(0).permuted(s), "array(['c', 'b', 'a'], dtype='<U1')"],
  [
    () => {
      const q = s.copy();
      np.random.RandomState(1).shuffle(q);
      return q;
    },
    "array(['b', 'c', 'a'], dtype='<U1')",
  ],
  [() => s.size * s.itemsize, "12"],
  [() => np.bool_(s.eq("zz")), "array([False, False, False])"],
  [() => np.ravel([["a"], ["b"]]), "array(['a', 'b'], dtype='<U1')"],
  [() => np.meshgrid(s, [1, 2])[0], "array([['b', 'a', 'c'],\n       ['b', 'a', 'c']], dtype='<U1')"],
  [
    () =>
      np.diag(
        np.array([
          ["a", "b"],
          ["c", "d"],
        ]),
      ),
    "array(['a', 'd'], dtype='<U1')",
  ],
  [() => np.array(["a", "b"]).lt(np.array(["b", "a"])), "array([ True, False])"],
  [
    () => s.sub(s),
    "UFuncTypeError ufunc 'subtract' did not contain a loop with signature matching types (dtype('<U1'), dtype('<U1')) -> None",
  ],
];

describe("texts", () => {
  test.each(CALLS)("%s", (f, text) => {
    expect(shown(f)).toBe(text);
  });
  test("views write through, longer texts are cut, new texts keep the order", () => {
    const x = np.array(["dog", "cat", "owl"]);
    const view = x.at("1:");
    view.set([0], "antelope");
    expect(repr(x)).toBe("array(['dog', 'ant', 'owl'], dtype='<U3')");
    x.sort();
    expect(repr(view)).toBe("array(['dog', 'owl'], dtype='<U3')");
    x.set(x.eq("owl"), "bee");
    expect(x.tolist()).toEqual(["ant", "dog", "bee"]);
    expect(np.argsort(x).tolist()).toEqual([0, 2, 1]);
    x.fill("z");
    expect(view.tolist()).toEqual(["z", "z"]);
  });
  test("a copy has a list of its own", () => {
    const x = np.array(["b", "c"]);
    const y = x.at([0, 1]);
    y.set([0], "a");
    expect([x.tolist(), y.tolist()]).toEqual([
      ["b", "c"],
      ["a", "c"],
    ]);
  });
  test("put, place, putmask, copyto", () => {
    const x = np.array(["b", "c", "d"]);
    np.put(x, [0], "q");
    np.place(x, [false, true, false], ["r"]);
    np.putmask(x, x.eq("d"), "s");
    expect(x.tolist()).toEqual(["q", "r", "s"]);
    np.copyto(x, "tt");
    expect(x.tolist()).toEqual(["t", "t", "t"]);
  });
  test("order is by code points", () => {
    expect(np.sort(["\u{1F600}", "\uFF5E", "z"]).tolist()).toEqual(["z", "\uFF5E", "\u{1F600}"]);
  });
});
