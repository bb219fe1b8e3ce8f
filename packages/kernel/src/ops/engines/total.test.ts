import { describe, expect, test } from "vitest";
import { elementAt } from "../../convert/nested.js";
import { DTYPES, type DType } from "../../dtype/dtype.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { LAYOUTS, random } from "../../wasm/testing.js";
import type { OpRow } from "../row.js";
import * as ops from "../table.js";
import type { ReductionRow } from "./lines.js";

const ROWS = (Object.values(ops) as OpRow[]).filter((row): row is ReductionRow<unknown> => "total" in row);

/** What a call gives, or how it fails. */
function outcome(f: () => unknown): unknown {
  try {
    return f();
  } catch (e) {
    return String(e);
  }
}

describe.each(ROWS.map((row) => [row.name, row] as const))("%s of a whole array", (_name, row) => {
  test.each(DTYPES.map((d) => [d.name, d] as const))("%s", (_type, d) => {
    for (const shape of [[], [1], [7], [3, 5], [300], [0], [2, 0], [1, 1, 2, 1, 1, 2, 3]])
      for (const lay of Object.values(LAYOUTS)) {
        const x = lay(castTo(random(shape, -4, 4), d as DType));
        const slow = outcome(() => elementAt(row.run([x], {}) as Strided, 0));
        expect(outcome(() => row.total(x))).toEqual(slow);
        expect(outcome(() => row.total(x, {}))).toEqual(slow);
      }
  });
});

test("rows that reduce are found", () => expect(ROWS.length).toBeGreaterThan(15));
