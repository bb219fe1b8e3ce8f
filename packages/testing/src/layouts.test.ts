import { castTo, type ElementwiseRow, int32, type OpRow, ops, Strided } from "@cognate/kernel";
import { describe, expect, test } from "vitest";
import { difference } from "./compare.js";
import { sampleArray, samplesOf } from "./table.js";

const rows = Object.entries(ops) as unknown as [string, OpRow][];

/** The same numbers with every axis reversed and stretched in memory, not from its start on. */
function scattered(x: Strided): Strided {
  const wide = Strided.zeros(
    x.dtype,
    x.shape.map((n) => 2 * n + 1),
  );
  const y = wide.view(
    x.shape,
    wide.strides.map((s) => -2 * s),
    wide.strides.reduce((at, s, i) => at + s * Math.max(2 * (x.shape[i]! - 1) + 1, 0), 0),
  );
  return ops.assign.run([y, x], undefined, y) as Strided;
}

const list = (y: Strided | readonly Strided[]): readonly Strided[] => (Array.isArray(y) ? y : [y as Strided]);

/** Whether a row computes whole numbers only. */
const whole = (row: OpRow): boolean => {
  const functions = (row as Partial<ElementwiseRow>).elementwise;
  return functions !== undefined && !functions.number;
};

/** Rows whose result depends on where elements lie, or on nothing but parameters. */
const BY_LAYOUT = new Set(["asStrided", "asStridedGrad", "viewAsComplex", "viewChain"]);

describe("rows do not depend on where their inputs lie in memory", () => {
  test.each(rows.filter(([name]) => !BY_LAYOUT.has(name)))("%s", (_name, row) => {
    for (const { inputs, params } of samplesOf(row)) {
      const plain = inputs.map((s, i) => {
        const x = sampleArray(row, s, i);
        return x && whole(row) ? castTo(x, int32) : x;
      });
      const expected = list(row.run(plain, params));
      const actual = list(
        row.run(
          plain.map((x) => x && scattered(x)),
          params,
        ),
      );
      expected.forEach((y, k) => {
        expect(difference(actual[k], y)).toBeNull();
      });
    }
  });
});
