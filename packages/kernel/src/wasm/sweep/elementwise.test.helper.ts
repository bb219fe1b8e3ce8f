import { bool, type DType, dtypeNamed, float32 } from "../../dtype/dtype.js";
import type { ElementwiseRow } from "../../ops/engines/elementwise.js";
import type { Operand, OpRow } from "../../ops/row.js";
import * as ops from "../../ops/table.js";
import { cloneContiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { next } from "../testing.js";
import { type Form, inRows, type Make, type Path, type Sizes } from "./path.test.helper.js";

/* Paths that rows with a kernel have by their signature alone: all elementwise ones, and conversions. */

/** Whole numbers of a type. */
export const whole =
  (dtype: DType, low = -100, high = 100): Make =>
  (shape) => {
    const x = Strided.zeros(dtype, shape);
    for (let i = 0; i < x.size; i++) {
      const v = Math.round(low + ((next() + 1) / 2) * (high - low));
      x.data[i] = dtype.big ? BigInt.asIntN(64, BigInt(v)) : dtype.kind === "uint" ? Math.abs(v) : v;
    }
    return x;
  };

/** Truths, of which `every`-th are none. */
export const truths =
  (every = 3): Make =>
  (shape) => {
    const x = Strided.zeros(bool, shape);
    for (let i = 0; i < x.size; i++) x.data[i] = (i * 7 + (i >> 2)) % every ? 1 : 0;
    return x;
  };

const makerOf = (dtype: DType, low?: number): DType | Make =>
  dtype.kind === "float" ? dtype : dtype === bool ? truths() : whole(dtype, low);

/** Lengths around whole vectors, and enough axes that some go on in a loop outside of the kernel. */
const LINES: readonly Sizes[] = [
  { a: 5, b: 7, c: 9 },
  ...Array.from({ length: 17 }, (_, i) => ({ a: 1, b: 1, c: 200 + i })),
  { a: 1, b: 3, c: 67 },
  { a: 203, b: 1, c: 1 },
  { a: 2, b: 3, c: 1001 },
];
const WIDE: readonly Sizes[] = [
  { a: 5, b: 7, c: 9 },
  { a: 3, b: 5, c: 40 },
  { a: 17, b: 2, c: 33 },
];

const NUMBERS = [1.5, -2, 0];

function formsOf(row: ElementwiseRow, dtype: DType): Form[] {
  const divides = row === ops.floorDiv || row === ops.mod;
  // Divisors of 0 are refused.
  const make = makerOf(dtype, divides ? 1 : undefined);
  const form = (
    shapes: readonly string[],
    sizes: readonly Sizes[],
    call: (x: readonly Operand[]) => unknown,
  ): Form => ({
    shapes,
    sizes,
    make: shapes.map(() => make),
    run: (inputs) => call(inputs) as Strided,
  });
  const brief = (shapes: readonly string[], call: (x: readonly Operand[]) => unknown): Form => ({
    ...form(shapes, WIDE, call),
    brief: true,
  });
  /** Writes where an input lies. */
  const inPlace =
    (params: unknown) =>
    ([x, ...more]: readonly Operand[]) => {
      const y = cloneContiguous(x as Strided);
      return row.run([y, ...more], params, y);
    };
  const samples = row.samples?.map((s) => s.params) ?? [undefined];
  const same = (row.dtype === "same" || row.dtype === "float") && dtype.itemsize >= 4;
  if (row.arity === 3) return [form(["abc"], LINES, ([x]) => row.run([x!, -1, 1.5], undefined))];
  if (row.arity === 1)
    return samples.flatMap((params) => [
      form(["abc"], LINES, (x) => row.run(x, params)),
      ...(same ? [brief(["abc"], inPlace(params))] : []),
    ]);
  const call = (x: readonly Operand[]) => row.run(x, undefined);
  const numbers = dtype.kind === "float" ? NUMBERS : dtype.kind === "int" ? [3, -2] : [];
  // Of small types numbers stand on the right of bytes only.
  const small = dtype.itemsize < 4;
  return [
    form(["abc", "abc"], LINES, call),
    form(["abc", "bc"], WIDE, call),
    ...["c", "1b1", "b1", "a11", "1", ""].flatMap((short) => [
      brief(["abc", short], call),
      brief([short, "abc"], call),
    ]),
    brief(["a1c", "1b1"], call),
    brief(["ab1", "1c"], call),
    ...(same ? [brief(["abc", "bc"], inPlace(undefined))] : []),
    ...(dtype.itemsize === 2 ? [] : numbers).map((v) => brief(["abc"], ([x]) => call([x!, v]))),
    ...(divides || small ? [] : numbers.map((v) => brief(["abc"], ([x]) => call([v, x!])))),
  ];
}

const isElementwise = (row: OpRow): row is ElementwiseRow => "elementwise" in row;

function elementwisePath(row: ElementwiseRow, name: string, kernel: string): Path {
  const dtype = dtypeNamed(name)!;
  const { ulp = 0, atol = 0 } = row.tolerance?.float32 ?? {};
  return {
    name: `${row.name} of ${name}`,
    kernels: [`row ${kernel}`],
    forms: formsOf(row, dtype),
    close: dtype === float32 ? { ulp, atol } : 0,
    // Small types are read as they lie: no kernel gathers bytes.
    declines:
      dtype.itemsize < 4
        ? (inputs) =>
            inputs.some((x) => !inRows(x) || x.size < inputs[0]!.size) ||
            (inputs.length > 1 && inputs[0]!.size < inputs[1]!.size)
        : undefined,
    bounded: row.inputs[1] === "y" ? [1] : [],
  };
}

/** The rows of the table. */
export const ROWS = (Object.values(ops) as OpRow[]).filter((row) => row.simd !== undefined);

export const ELEMENTWISE_PATHS: readonly Path[] = ROWS.filter(isElementwise).flatMap((row) =>
  Object.entries(row.simd!).map(([name, kernel]) => elementwisePath(row, name, kernel)),
);
