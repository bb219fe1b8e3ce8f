import { dict, float, int, str, tuple } from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";

// Lines of PyTorch from test-fixtures/torch/nn/snippets/programs.py in TypeScript, against what PyTorch printed and raised.

const names = { torch, nn: torch.nn, tuple, dict, float, int };

/** The value of a line, which is source text. */
const run = (line: string): unknown =>
  Reflect.construct(Function, [...Object.keys(names), `return ${line}`])(...Object.values(names)) as unknown;

const cases = golden("torch/nn/snippets") as unknown as readonly Record<
  "line" | "out" | "class" | "message",
  string
>[];

describe("snippets of nn, optim and data", () => {
  for (const g of cases)
    test(g.line, () => {
      if (g.out !== undefined) {
        expect(str(run(g.line))).toBe(g.out);
        return;
      }
      let raised: unknown;
      try {
        run(g.line);
      } catch (e) {
        raised = e;
      }
      expect(raised).toBeInstanceOf(Error);
      const { name, message } = raised as Error;
      expect({ class: name, message }).toEqual({ class: g.class, message: g.message });
    });
});
