import * as py from "@cognate/py";
import { dict, float, int, str, tuple } from "@cognate/py";
import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "./index.js";

// Lines of PyTorch from test-fixtures/torch/snippets/programs.py in TypeScript, against what PyTorch printed and raised.

const names = { torch, nn: torch.nn, tuple, dict, float, int };

/** The value of a line, which is source text. */
const run = (line: string): unknown =>
  Reflect.construct(Function, [...Object.keys(names), `return ${line}`])(...Object.values(names)) as unknown;

const cases = golden("torch/snippets") as unknown as readonly Record<
  "line" | "out" | "class" | "message",
  string
>[];

// Programs of test-fixtures/torch/snippets/everyday, translated by translate.py beside it.

const programs = golden("torch/snippets/everyday") as unknown as readonly Record<
  "name" | "program" | "out" | "class" | "message",
  string
>[];

/** What a program printed and raised, from PyTorch's defaults on. */
function ran(program: string): { out: string; class?: string; message?: string } {
  let out = "";
  const before = py.setOutput((text) => {
    out += text;
  });
  torch.set_printoptions({ profile: "default" });
  torch.set_printoptions({ sci_mode: null });
  torch.set_default_dtype(torch.float32);
  torch.manual_seed(0);
  const known = {
    ...py,
    ...names,
    F: torch.nn.functional,
    D: torch.distributions,
    fwAD: torch.autograd.forward_ad,
  };
  const done = (): string => out.replace(/0x[0-9a-f]+/g, "0x0");
  try {
    Reflect.construct(Function, [...Object.keys(known), program])(...Object.values(known));
    return { out: done() };
  } catch (e) {
    const { name, message } = e as Error;
    return { out: done(), class: name, message };
  } finally {
    py.setOutput(before);
  }
}

describe("programs", () => {
  for (const { name, program, ...want } of programs)
    test(name, () => expect(ran(program), program).toEqual(want));
});

describe("snippets", () => {
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
