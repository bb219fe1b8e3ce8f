import {
  bool,
  castTo,
  complex128,
  contiguous,
  type DType,
  type ElementwiseRow,
  float16,
  float32,
  float64,
  int32,
  int64,
  type NumericData,
  type Sample,
  Strided,
} from "@cognate/kernel";
import { difference } from "./compare.js";
import { sampleArray, samplesOf } from "./table.js";

/*
 * What holds for every elementwise row, read off the row: its edge values, the agreement of its element types and
 * memory layouts, NaN, empty arrays, and results written over arrays that exist.
 */

export const isElementwise = (row: unknown): row is ElementwiseRow =>
  typeof row === "object" && row !== null && "elementwise" in row;

/** The element types that the row's scalar functions compute; no integers where a parameter is a fraction. */
export function typesOf({ elementwise: f }: ElementwiseRow, params: unknown = undefined): DType[] {
  const fraction = Object.values(params ?? {}).some((v) => typeof v === "number" && !Number.isInteger(v));
  if (fraction) return [...(f.number ? [float64, float32] : []), ...(f.complex ? [complex128] : [])];
  return [
    ...(f.number ? [float64, float32] : []),
    ...(f.integer ? [int32] : []),
    ...(f.bigint ? [int64] : []),
    ...(f.boolean ? [bool] : []),
    ...(f.complex ? [complex128] : []),
  ];
}

const array = (values: readonly number[], dtype: DType, shape: readonly number[]): Strided =>
  castTo(Strided.over(Float64Array.from(values), float64, shape), dtype);

const numbers = (x: Strided): number[] => Array.from(contiguous(castTo(x, float64)).flat() as NumericData);

const run = (row: ElementwiseRow, inputs: readonly Strided[], params: unknown, out?: Strided): Strided =>
  row.run(inputs, params, out) as Strided;

/** Samples whose inputs are filled afresh, in an element type. */
function sampleInputs(row: ElementwiseRow, sample: Sample<unknown>, dtype: DType): Strided[] {
  return sample.inputs.map((s, i) => {
    const x = sampleArray(row, s, i)!;
    if (dtype.kind === "float" || dtype.kind === "complex") return contiguous(castTo(x, dtype));
    // Integers come from the same places, spread out and kept small; never 0, which some divide by.
    return array(
      numbers(x).map((v) => {
        const whole = Math.trunc(v * 4);
        return dtype === bool ? Math.abs(whole) % 2 : whole === 0 ? 1 : whole;
      }),
      dtype,
      x.shape,
    );
  });
}

/** How far a float32 result may be from the float64 one: half a unit of the last place, and what the row allows. */
function float32Close(row: ElementwiseRow, got: number, want: number): boolean {
  if (Object.is(got, Math.fround(want))) return true;
  const ulp = row.tolerance?.float32?.ulp ?? 1;
  return Math.abs(got - want) <= ulp * 2 ** -23 * Math.abs(want) + 2 ** -149;
}

/** Whether float32 can tell about an edge value: what is finite and not 0 stays so. */
const fitsFloat32 = (v: number): boolean =>
  v === 0 || !Number.isFinite(v) || (Math.fround(v) !== 0 && Number.isFinite(Math.fround(v)));

/** The row's edge values in every real type that it computes. */
export function checkSpecial(row: ElementwiseRow): string | null {
  for (const dtype of typesOf(row)) {
    if (dtype === bool || dtype === complex128) continue;
    if (dtype.kind !== "float" && row.elementwise.number) continue;
    for (const edge of row.special ?? []) {
      if (dtype === float32 && !edge.every(fitsFloat32)) continue;
      const want = edge[edge.length - 1]!;
      const got = numbers(
        run(
          row,
          edge.slice(0, -1).map((v) => array([v], dtype, [])),
          undefined,
        ),
      )[0]!;
      const same =
        Object.is(got, want) ||
        ((dtype === float32
          ? float32Close(row, got, want)
          : Math.abs(got - want) <= (row.tolerance?.float64?.ulp ?? 1) * 2 ** -52 * Math.abs(want)) &&
          !(want === 0 && dtype.kind === "float"));
      if (!same)
        return `${row.name}(${edge.slice(0, -1).join(", ")}) in ${dtype} is ${got}, expected ${want}`;
    }
  }
  return null;
}

/** Narrow floats compute as float64 does on the same numbers, then round. */
export function checkNarrow(row: ElementwiseRow): string | null {
  if (!row.elementwise.number) return null;
  for (const sample of samplesOf(row))
    for (const dtype of [float32, float16]) {
      const inputs = sampleInputs(row, sample, dtype);
      const got = run(row, inputs, sample.params);
      const wide = run(
        row,
        inputs.map((x) => castTo(x, float64)),
        sample.params,
      );
      const [a, b] = [numbers(got), numbers(dtype === float16 ? castTo(wide, got.dtype) : wide)];
      for (let i = 0; i < a.length; i++) {
        const close =
          dtype === float16
            ? Math.abs(a[i]! - b[i]!) <= 2 ** -10 * Math.abs(b[i]!) + 2 ** -24
            : float32Close(row, a[i]!, b[i]!);
        if (!close && !Object.is(a[i], b[i]))
          return `${row.name} in ${dtype} gives ${a[i]} at element ${i}, float64 gives ${b[i]}`;
      }
    }
  return null;
}

/** The integer types agree, and complex numbers on the real axis are real. */
export function checkFamilies(row: ElementwiseRow): string | null {
  for (const sample of samplesOf(row)) {
    const types = typesOf(row, sample.params);
    if (types.includes(int32) && types.includes(int64)) {
      const [a, b] = [int32, int64].map((d) =>
        castTo(run(row, sampleInputs(row, sample, d), sample.params), float64),
      ) as [Strided, Strided];
      const why = difference(a, b, { rtol: 0, atol: 0 });
      if (why) return `${row.name} in int32 and int64: ${why}`;
    }
    if (types.includes(complex128) && types.includes(float64) && row.dtype !== "bool") {
      const real = castTo(run(row, sampleInputs(row, sample, float64), sample.params), complex128);
      const complex = castTo(run(row, sampleInputs(row, sample, complex128), sample.params), complex128);
      const why = difference(complex, real, { rtol: 1e-14, atol: 1e-15 });
      if (why) return `${row.name} of complex numbers on the real axis: ${why}`;
    }
  }
  return null;
}

/** NaN in, NaN out, unless the row's edge values say otherwise. */
export function checkNaN(row: ElementwiseRow): string | null {
  if (!row.elementwise.number || row.dtype === "bool") return null;
  const swallows = row.special?.some(
    (edge) => edge.slice(0, -1).some(Number.isNaN) && !Number.isNaN(edge[edge.length - 1]),
  );
  if (swallows) return null;
  const sample = samplesOf(row)[0]!;
  for (let i = 0; i < row.inputs.length; i++) {
    const inputs = sampleInputs(row, sample, float64).map((x, k) =>
      k === i ? array([Number.NaN], float64, []) : x,
    );
    if (!numbers(run(row, inputs, sample.params)).every(Number.isNaN))
      return `${row.name} of NaN as \`${row.inputs[i]}\` is not NaN, and no edge value says so`;
  }
  return null;
}

/** Arrays without elements and arrays without axes. */
export function checkShapes(row: ElementwiseRow): string | null {
  const { params } = samplesOf(row)[0]!;
  for (const dtype of typesOf(row, params))
    for (const shape of [[0], [2, 0, 3], []]) {
      const inputs = row.inputs.map((_, i) => array(shape.includes(0) ? [] : [i + 1], dtype, shape));
      const y = run(row, inputs, params);
      if (y.shape.join() !== shape.join())
        return `${row.name} of [${shape.join(", ")}] in ${dtype} has shape [${y.shape.join(", ")}]`;
    }
  return null;
}

/** The same elements lying otherwise: axes swapped, backwards, every second one, one for all by stride 0. */
function layouts(x: Strided): Strided[] {
  const n = x.rank;
  if (n === 0 || x.size === 0) return [];
  const last = x.shape[n - 1]!;
  const { lanes } = x.dtype;
  const spread = Strided.zeros(x.dtype, [...x.shape.slice(0, -1), 2 * last]);
  const [from, to] = [x.flat(), spread.flat()];
  for (let i = 0; i < x.size; i++)
    for (let k = 0; k < lanes; k++) to[2 * i * lanes + k] = from[i * lanes + k]! as never;
  const reversed = Strided.zeros(x.dtype, x.shape);
  const back = reversed.flat();
  for (let i = 0; i < x.size; i++)
    for (let k = 0; k < lanes; k++) back[(x.size - 1 - i) * lanes + k] = from[i * lanes + k]! as never;
  return [
    spread.view(
      x.shape,
      spread.strides.map((s, i) => (i === n - 1 ? 2 * s : s)),
    ),
    reversed.view(
      x.shape,
      x.strides.map((s) => -s),
      x.size - 1,
    ),
  ];
}

/** How elements lie in memory changes nothing. */
export function checkLayouts(row: ElementwiseRow): string | null {
  for (const sample of samplesOf(row))
    for (const dtype of typesOf(row, sample.params)) {
      const inputs = sampleInputs(row, sample, dtype);
      const want = run(row, inputs, sample.params);
      for (const [i, x] of inputs.entries()) {
        for (const other of layouts(x)) {
          const got = run(row, inputs.with(i, other), sample.params);
          const why = difference(got, want, { rtol: 0, atol: 0 });
          if (why) return `${row.name} in ${dtype} of a strided \`${row.inputs[i]}\`: ${why}`;
        }
      }
      const first = inputs.map((x) => array(numbers(x).slice(0, 1), float64, [1]));
      const one = first.map((x) => castTo(x, dtype));
      const stretched = run(
        row,
        one.map((x) => x.view([3, 2], [0, 0])),
        sample.params,
      );
      const single = run(row, one, sample.params);
      const why = difference(stretched, contiguous(single.view([3, 2], [0, 0])), { rtol: 0, atol: 0 });
      if (why) return `${row.name} in ${dtype} of broadcast inputs: ${why}`;
    }
  return null;
}

/** Results written to an array that exists: fresh, an input itself, an input seen backwards, another type. */
export function checkOut(row: ElementwiseRow): string | null {
  for (const sample of samplesOf(row))
    for (const dtype of typesOf(row, sample.params)) {
      const want = run(row, sampleInputs(row, sample, dtype), sample.params);
      const targets: [string, (inputs: Strided[]) => Strided][] = [
        ["a fresh array", () => Strided.zeros(want.dtype, want.shape)],
      ];
      if (want.dtype === dtype)
        for (const i of row.inputs.keys()) {
          const fits = (inputs: Strided[]): boolean => inputs[i]!.shape.join() === want.shape.join();
          targets.push([
            `input ${i}`,
            (inputs) => (fits(inputs) ? inputs[i]! : Strided.zeros(want.dtype, want.shape)),
          ]);
          targets.push([
            `input ${i} backwards`,
            (inputs) => {
              const x = inputs[i]!;
              if (!fits(inputs) || x.size === 0) return Strided.zeros(want.dtype, want.shape);
              return x.view(
                x.shape,
                x.strides.map((s) => -s),
                x.size - 1,
              );
            },
          ]);
        }
      if (want.dtype.kind === "float") targets.push(["float32", () => Strided.zeros(float32, want.shape)]);
      for (const [name, make] of targets) {
        const inputs = sampleInputs(row, sample, dtype);
        const out = make(inputs);
        const returned = run(row, inputs, sample.params, out);
        if (returned !== out) return `${row.name} does not return its \`out\``;
        const why = difference(castTo(out, want.dtype), castTo(castTo(want, out.dtype), want.dtype), {
          rtol: 0,
          atol: 0,
        });
        if (why) return `${row.name} in ${dtype} written to ${name}: ${why}`;
      }
    }
  return null;
}

/** Complex samples for the gradient check of rows that compute complex numbers. */
export function complexSamples(row: ElementwiseRow): Sample<unknown>[] {
  if (!row.elementwise.complex || !row.backward) return [];
  return samplesOf(row).map((sample) => ({
    ...sample,
    inputs: sample.inputs.map((s) =>
      s === null
        ? s
        : Array.isArray(s)
          ? { shape: s as number[], dtype: "complex128" as const }
          : { shape: (s as { shape: number[] }).shape, dtype: "complex128" as const },
    ),
  }));
}
