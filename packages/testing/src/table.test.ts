import { type OpRow, ops } from "@cognate/kernel";
import { describe, expect, test } from "vitest";
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
