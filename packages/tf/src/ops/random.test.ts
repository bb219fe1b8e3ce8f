import { crc32 } from "@cognate/formats";
import { castTo, contiguous, type DType, dtypeNamed, float64, Strided } from "@cognate/kernel";
import { Float, Tuple } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { one } from "../core/execute.js";
import { opDef } from "../core/op-def.js";
import * as tf from "../index.js";
import * as v1 from "../v1/index.js";

/*
 * Streams of random numbers (test-fixtures/tf/random): integers, masks and uniform numbers are equal, normal ones to 2 units of the
 * last place. Each row of the table is a chain of calls, drawn under five seeds, with a global one, one of its own, and both.
 */

type Step = readonly [
  name: string,
  args: readonly unknown[] | null,
  keywords: Readonly<Record<string, unknown>> | null,
];
type Run = readonly [mode: string, seed: number | null, own: number | null, bytes: string, ...sums: number[]];
interface Row {
  readonly name: string;
  readonly chain: readonly Step[];
  readonly exact?: boolean;
  readonly keras?: boolean;
  readonly once?: boolean;
  readonly close?: boolean;
  readonly weights?: boolean;
  readonly dataset?: number;
  readonly types: Readonly<Record<string, readonly string[]>>;
  readonly runs: readonly Run[];
}
interface Stream {
  readonly name: string;
  readonly make: readonly Step[];
  readonly seed: number;
  readonly calls: readonly Step[];
  readonly types: { readonly g: readonly string[] };
  readonly head: string;
}
type Callable = (...args: unknown[]) => unknown;
type Tree = Readonly<Record<string, unknown>>;

const constant = (v: unknown, type: string, shape?: readonly number[]): unknown =>
  shape ? tf.constant(v as never, type as never, shape as never) : tf.constant(v as never, type as never);

/** One argument as the table writes it. */
function argument(x: unknown, own: number | null, name: string, library: Tree): unknown {
  const inner = (y: unknown): unknown => argument(y, own, name, library);
  if (x === "$seed") return own;
  if (x === "$pair") return [own, (own! % 5) + 2];
  if (x === "$name") return name;
  if (Array.isArray(x)) return x.map(inner);
  if (x === null || typeof x !== "object" || x instanceof Float) return x;
  const o = x as Readonly<Record<string, unknown>>;
  if (o.call) return called(o.call as Step[], own, name, library);
  if (o.of)
    return (y: unknown) => (o.of as Step[]).reduce((at, next) => stepped(at, next, own, name, library), y);
  if (o.pick !== undefined) return (...y: unknown[]) => y[o.pick as number];
  if (o.draw) return () => called(o.draw as Step[], own, name, library);
  if (o.image) {
    const shape = o.image as number[];
    const n = shape.reduce((a, b) => a * b, 1);
    return constant(
      Array.from({ length: n }, (_, i) => (i + 1) / n),
      o.t as string,
      shape,
    );
  }
  if (o.t) return constant(o.v, o.t as string);
  return Object.fromEntries(Object.entries(o).map(([k, y]) => [k, inner(y)]));
}
const found = (library: Tree, path: string): Callable =>
  path.startsWith("raw_ops.")
    ? raw(path.slice("raw_ops.".length))
    : (path.split(".").reduce<unknown>((at, part) => (at as Tree)[part], library) as Callable);
/** An operation by its type; inputs and attributes by name. */
const raw =
  (type: string): Callable =>
  (given) => {
    const rest = { ...(given as Record<string, unknown>) };
    const inputs = opDef(type)!.inputs.map(({ name }) => {
      const x = rest[name];
      delete rest[name];
      return x;
    });
    return one(type, inputs, rest);
  };

function stepped(
  at: unknown,
  [path, args, keywords]: Step,
  own: number | null,
  name: string,
  library: Tree,
): unknown {
  if (args === null) return (at as Tree)[path];
  const given = argument(args, own, name, library) as unknown[];
  const entries = Object.entries(argument(keywords ?? {}, own, name, library) as object);
  const named = entries.filter(([, v]) => v !== null);
  const all = named.length > 0 ? [...given, Object.fromEntries(named)] : given;
  if (path.startsWith("@")) return found(library, path.slice(1))(at, ...all);
  if (path === "()") return (at as Callable)(...all);
  if (at === null) return found(library, path)(...all);
  return (at as Record<string, Callable>)[path]!(...all);
}
const called = (
  chain: readonly Step[],
  own: number | null,
  name = "",
  library: Tree = tf as unknown as Tree,
): unknown => chain.reduce<unknown>((at, next) => stepped(at, next, own, name, library), null);

/** The tensors of a result: of a tuple, of a data set. */
function flat(x: unknown): tf.Tensor[] {
  if (x instanceof tf.data.Dataset) return [tf.stack([...(x as Iterable<tf.Tensor>)])];
  if (Array.isArray(x)) return x.flatMap(flat);
  return [tf.convert_to_tensor(x as tf.Tensor)];
}
function plant(r: Row, seed: number | null): void {
  if (r.keras) tf.keras.utils.set_random_seed(seed ?? 0);
  else tf.random.set_seed(seed as number);
}
const twice = <T>(f: (i: number) => T[]): T[] => [0, 1].flatMap(f);

const MODES: Readonly<Record<string, (r: Row, seed: number | null, own: number | null) => unknown[]>> = {
  s: (r, _seed, own) => flat(called(r.chain, own)),
  e: (r, seed, own) => {
    plant(r, seed);
    return twice(() => flat(called(r.chain, own)));
  },
  f: (r, seed, own) => {
    plant(r, seed);
    const f = tf.function(() =>
      twice(() => [called(r.chain, own)]).flatMap((x) => (Array.isArray(x) ? x : [x])),
    );
    return twice(() => flat(f()));
  },
  v: (r, seed, own) =>
    v1.Graph().as_default(() => {
      if (seed !== null) v1.set_random_seed(seed);
      const out = (r.once ? [0] : [0, 1]).map((i) => {
        const x = called(r.chain, own, `w${i}`, v1 as unknown as Tree);
        return r.dataset
          ? v1.data.make_one_shot_iterator((x as { batch(n: number): never }).batch(r.dataset)).get_next()
          : x;
      });
      return v1.Session((session) => {
        session.run(v1.global_variables_initializer());
        if (r.weights)
          for (const w of v1.global_variables() as { shape: { as_list(): number[] } }[])
            session.run(
              v1.assign(
                w as never,
                argument({ image: w.shape.as_list(), t: "float32" }, null, "", {}) as never,
              ),
            );
        return (r.dataset ? [0] : [0, 1]).flatMap(() => leaves(session.run(out)));
      });
    }),
};
const leaves = (x: unknown): unknown[] =>
  Array.isArray(x) || x instanceof Tuple ? [...x].flatMap(leaves) : [x];

/** The kernel's array of a tensor, of an array, of a number. */
function strided(x: unknown, type: DType): Strided {
  const t = tf.convert_to_tensor(x as tf.Tensor, { dtype: type.name as never }) as unknown as {
    _value: Value;
  };
  return contiguous(t._value.array);
}
const PLACES: Readonly<Record<string, number>> = { e: 3, f: 1, v: 1, s: 4, g: 4 };
const FRACTION: Readonly<Record<string, number>> = { float16: 10, bfloat16: 7, float32: 23, float64: 52 };

/** Compares outputs with the bytes that are kept of them; normal numbers may be off by `ulps`. */
function compare(
  outputs: readonly unknown[],
  types: readonly string[],
  bytes: string,
  sums: readonly number[],
  mode: string,
  ulps: number,
): void {
  const kept = Uint8Array.from(Buffer.from(bytes, "base64"));
  let at = 0;
  let sum = 0;
  expect(outputs.length, "outputs").toBe(types.length);
  for (const [i, x] of outputs.entries()) {
    const [, name, dims] = /^(\w+)\[(.*)\]$/.exec(types[i]!) as unknown as [string, string, string];
    const type = dtypeNamed(name)!;
    const got = strided(x, type);
    expect(`${got.dtype.name}[${got.shape.join(",")}]`).toBe(`${name}[${dims}]`);
    const n = got.size;
    const k = Math.min(PLACES[mode]!, n);
    const places = Array.from({ length: k }, (_, j) => (k > 1 ? Math.floor((j * (n - 1)) / (k - 1)) : j));
    const own = kept.slice(at, (at += k * type.itemsize));
    const data = new type.Data(own.buffer, 0, k) as Strided["data"];
    const want = Strided.over(data, type, [k]);
    const flatBytes = (a: Strided): Uint8Array => {
      const d = a.flat();
      return new Uint8Array(d.buffer, d.byteOffset, d.byteLength).slice();
    };
    const all = castTo(got, type).flat();
    if (FRACTION[name] === undefined || ulps === 0) {
      expect(places.map((p) => all[p])).toEqual([...data]);
    } else {
      const [a, b] = [castTo(got, float64).flat(), castTo(want, float64).flat()] as [
        Float64Array,
        Float64Array,
      ];
      for (const [j, p] of places.entries()) {
        const size = ulps > 2 ? Math.max(...b.map(Math.abs)) : Math.abs(b[j]!);
        const one = 2 ** (Math.floor(Math.log2(size || 1e-300)) - FRACTION[name]!);
        const off = Math.abs(a[p]! - b[j]!) / one;
        if (!(off <= ulps)) expect(a[p], `output ${i}, place ${p}, ${off} ulps of`).toBe(b[j]);
      }
    }
    if (sums.length > 0 && n > k) expect(crc32(flatBytes(got)), "checksum").toBe(sums[sum++]);
  }
}

const cases = golden("tf/random") as unknown as (Row | Stream)[];
const rows = cases.filter((c): c is Row => "runs" in c);

describe("random streams", () => {
  test.each(rows.map((r) => [r.name, r] as const))("%s", (_name, r) => {
    for (const [mode, seed, own, bytes, ...sums] of r.runs) {
      const outputs = MODES[mode]!(r, seed, own);
      try {
        compare(outputs, r.types[mode]!, bytes, sums, mode, r.exact ? 0 : r.close ? 64 : 2);
      } catch (e) {
        (e as Error).message =
          `${{ e: "eager", f: "tf.function", v: "graph", s: "stateless" }[mode]}, global seed ${seed}, own ${own}: ${(e as Error).message}`;
        throw e;
      }
    }
  });
});

describe("generators", () => {
  const streams = cases.filter((c): c is Stream => "calls" in c);
  test.each(streams.map((s) => [`${s.name} ${s.seed}`, s] as const))("%s", (_name, s) => {
    const g = called(s.make, s.seed);
    const outputs: unknown[] = [];
    for (const one of s.calls) {
      const x = stepped(g, one, null, "", tf as unknown as Tree);
      for (const y of Array.isArray(x) ? x : [x]) {
        if (y === undefined || y === null) continue;
        const state = (y as { state?: unknown }).state ?? y;
        outputs.push((state as { value?(): unknown }).value?.() ?? state);
      }
    }
    compare(outputs, s.types.g, s.head, [], "g", 2);
  });
});
