import { dtypeNamed, Strided } from "@cognate/kernel";
import { Complex } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { fixtureBytes } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as torch from "../index.js";
import * as functional from "../nn/functional/index.js";

type Table = Readonly<Record<string, readonly number[]>>;
type Grid = Readonly<Record<string, readonly (readonly number[])[]>>;
interface Fixture {
  readonly dtypes: readonly string[];
  readonly some: readonly string[];
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  readonly unary: Table;
  readonly unary_in_place: Table;
  readonly binary: Grid;
  readonly binary_in_place: Grid;
  readonly result_type: Grid;
  readonly can_cast: readonly (readonly number[])[];
}
const fixture = JSON.parse(new TextDecoder().decode(fixtureBytes("torch/ops/dtypes/dtypes.json"))) as Fixture;

/** Where PyTorch refuses what works here, and why; every rule must be needed. */
const LENIENT: readonly { readonly text: RegExp; readonly why: string; used?: boolean }[] = [
  { text: /must be Tensor, not (bool|int|float|complex)$/, why: "numbers stand wherever tensors may" },
  {
    text: /not implemented for 'ComplexHalf'$/,
    why: "there is no complex half type; complex64 takes its place",
  },
  {
    text: /^NotImplementedError: "(\w*bessel\w*|airy_ai|erfcx|log_ndtr|ndtri|zeta|chebyshev\w*)_cpu" not implemented for 'B?F?(Half|loat16)'$/,
    why: "every function of floats takes half floats",
  },
  { text: /"ldexp_cpu_exp" not implemented for 'Bool'$/, why: "a bool is a whole number" },
];
/** Where the result's type differs, and why. */
const OTHER_TYPE: readonly { readonly want: RegExp; readonly got: string; readonly why: string }[] = [
  { want: /^complex32$/, got: "complex64", why: "there is no complex half type" },
];

const NUMBERS: Readonly<Record<string, unknown>> = {
  True: true,
  "2": 2,
  "2.5": 2.5,
  "1j": new Complex(0, 1),
};

function operand(kind: string, level = "array"): unknown {
  if (kind in NUMBERS) return NUMBERS[kind];
  const dtype = dtypeNamed(kind)!;
  const ones = Strided.over(
    dtype.big ? new BigInt64Array([1n, 1n]) : new Float64Array([1, 1]),
    dtypeNamed(dtype.big ? "int64" : "float64")!,
    [2],
  );
  const x = new Value(ones).cast({ dtype }) as Value;
  return new torch.Tensor(level === "array" ? x : new Value(x.array.view([], [])));
}

type Call = (...args: unknown[]) => { dtype: torch.dtype };

function lookup(name: string): Call {
  const root = { ...torch, nn: { functional } } as Record<string, unknown>;
  return name.split(".").reduce<unknown>((o, k) => (o as Record<string, unknown>)[k], root) as Call;
}
const inPlace =
  (name: string): Call =>
  (x, ...rest) =>
    (x as Record<string, Call>)[`${name}_`]!(...rest);

function outcome(f: Call, ...args: unknown[]): string {
  try {
    return String(f(...args).dtype).replace("torch.", "");
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message.split("\n")[0]}`;
  }
}

/** Why an outcome is not PyTorch's, or `null`. */
function compare(what: string, got: string, want: string): string | null {
  if (got === want) return null;
  const refused = want.includes(": ");
  if (want.replace("ComplexHalf", "ComplexFloat") === got) return null;
  // A number where PyTorch wants a tensor may be refused for its type.
  if (refused) {
    const rule = LENIENT.find((r) => r.text.test(want));
    if (rule) {
      rule.used = true;
      return null;
    }
  }
  if (!refused && OTHER_TYPE.some((r) => r.want.test(want) && r.got === got)) return null;
  return `${what}: ${got} | expected ${want}`;
}

const { texts, dtypes, some, numbers } = fixture;
const wrong = (rows: readonly (string | null)[]): string[] => rows.filter((r) => r !== null) as string[];

describe("element types and refusals", () => {
  for (const [table, form] of [
    ["unary", lookup],
    ["unary_in_place", inPlace],
  ] as const)
    test.each(Object.entries(fixture[table]))(`${table} %s`, (name, row) => {
      expect(
        wrong(row.map((t, i) => compare(dtypes[i]!, outcome(form(name), operand(dtypes[i]!)), texts[t]!))),
      ).toEqual([]);
    });
  for (const [table, form] of [
    ["binary", lookup],
    ["binary_in_place", inPlace],
  ] as const)
    test.each(Object.entries(fixture[table]))(`${table} %s`, (name, grid) => {
      const others = [...some, ...numbers];
      expect(
        wrong(
          grid.flatMap((row, i) =>
            row.map((t, k) =>
              compare(
                `${some[i]}, ${others[k]}`,
                outcome(form(name), operand(some[i]!), operand(others[k]!)),
                texts[t]!,
              ),
            ),
          ),
        ),
      ).toEqual([]);
    });
  test.each(Object.entries(fixture.result_type))("result_type %s", (levels, grid) => {
    const [left, right] = levels.split(", ") as [string, string];
    const kinds = right === "number" ? numbers : dtypes;
    const result = (x: unknown, y: unknown) => ({
      dtype: torch.result_type(x as torch.TensorLike, y as torch.TensorLike),
    });
    expect(
      wrong(
        grid.flatMap((row, i) =>
          row.map((t, k) =>
            compare(
              `${dtypes[i]}, ${kinds[k]}`,
              outcome(result as Call, operand(dtypes[i]!, left), operand(kinds[k]!, right)),
              texts[t]!,
            ),
          ),
        ),
      ),
    ).toEqual([]);
  });
  test("can_cast", () => {
    const named = torch as unknown as Record<string, torch.dtype>;
    const got = dtypes.map((a) => dtypes.map((b) => Number(torch.can_cast(named[a]!, named[b]!))));
    expect(got).toEqual(fixture.can_cast);
  });
  test("every leniency is needed", () => {
    expect(LENIENT.filter((r) => !r.used).map((r) => r.why)).toEqual([]);
  });
});
