import { type OpRow, ops } from "@cognate/kernel";
import { describe, expect, test } from "vitest";
import {
  checkFamilies,
  checkLayouts,
  checkNaN,
  checkNarrow,
  checkOut,
  checkShapes,
  checkSpecial,
  complexSamples,
  isElementwise,
} from "./elementwise.js";
import { gradcheck, samplesOf } from "./table.js";

const rows = Object.entries(ops) as unknown as [string, OpRow][];

describe("the op table", () => {
  test.each(rows)("%s", (key, row) => {
    expect(row.name, "the row's name is its key").toBe(key);
    expect(Boolean(row.backward) !== Boolean(row.noGradient), "a derivative, or why there is none").toBe(
      true,
    );
    if (!row.backward) return;
    for (const sample of samplesOf(row)) {
      expect(gradcheck(row, sample)).toBeNull();
      expect(gradcheck(row, sample, 2)).toBeNull();
    }
  });
});

/** Rows whose result depends on the element type itself, with the reason. */
const BY_TYPE: Readonly<Record<string, string>> = { nextafter: "the neighbour in the type's own grid" };

describe("elementwise rows", () => {
  test.each(rows.filter(([, row]) => isElementwise(row)))("%s", (key, row) => {
    if (!isElementwise(row)) return;
    expect(checkSpecial(row)).toBeNull();
    if (!BY_TYPE[key]) expect(checkNarrow(row)).toBeNull();
    expect(checkFamilies(row)).toBeNull();
    expect(checkNaN(row)).toBeNull();
    expect(checkShapes(row)).toBeNull();
    expect(checkLayouts(row)).toBeNull();
    expect(checkOut(row)).toBeNull();
    for (const sample of complexSamples(row)) {
      expect(gradcheck(row, sample)).toBeNull();
      expect(gradcheck(row, sample, 2)).toBeNull();
    }
  });
});
