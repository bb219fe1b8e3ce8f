import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DMatrix } from "./dmatrix.js";

const folder = mkdtempSync(join(tmpdir(), "cognate-xgboost-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string, text: string, query: string): DMatrix => {
  writeFileSync(join(folder, name), text);
  return DMatrix(`${join(folder, name)}?${query}`);
};
const facts = (d: DMatrix): unknown[] => [
  d.num_row(),
  d.num_col(),
  d.num_nonmissing(),
  ...[d.get_label(), d.get_weight(), d.get_group(), d.get_data().toarray()].map((a) => a.tolist()),
];

// The values are what XGBoost 3.2 reads from the same texts.
test("libsvm", () => {
  const d = read(
    "b.txt",
    "1:0.5 qid:1 0:1.5 2:3\n0:2 qid:1 1:0.5 # note\n\n2:1 qid:2 0:4 1:-0.5\n",
    "format=libsvm",
  );
  expect(facts(d)).toEqual([
    3,
    3,
    5,
    [1, 0, 2],
    [0.5, 2, 1],
    [2, 1],
    [
      [1.5, 0, 3],
      [0, 0.5, 0],
      [4, -0.5, 0],
    ],
  ]);
});

test("csv: empty cells are missing, columns may be label and weight", () => {
  const text = "1,2.5,3\n0,,4\n1,nan,-1e3\n";
  expect(facts(read("c.csv", text, "format=csv&label_column=0"))).toEqual([
    3,
    2,
    4,
    [1, 0, 1],
    [],
    [],
    [
      [2.5, 3],
      [0, 4],
      [0, -1000],
    ],
  ]);
  expect(facts(read("c.csv", text, "format=csv")).slice(0, 5)).toEqual([3, 3, 7, [], []]);
  expect(facts(read("c.csv", text, "format=csv&label_column=0&weight_column=2")).slice(0, 5)).toEqual([
    3,
    1,
    1,
    [1, 0, 1],
    [3, 4, -1000],
  ]);
});

test("wrong files", () => {
  expect(() => DMatrix(join(folder, "c.csv"))).toThrow("URI parameter `format` is required");
  expect(() => DMatrix(join(folder, "none.csv?format=csv"))).toThrow("Cannot find any files that matches");
  expect(() => DMatrix(join(folder, "c.csv?format=foo"))).toThrow("Unknown data type foo");
});
