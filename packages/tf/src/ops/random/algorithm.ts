import { repr, str, TypeError, type, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { int64 } from "../../core/dtypes.js";
import type { Tensor } from "../../shared.js";
import { def } from "../make.js";

const NAMED: Readonly<Record<string, number>> = { philox: 1, threefry: 2, autoselect: 3 };
/** The number of an algorithm of that name or number. @throws ValueError for one that there is not */
export function algorithm(alg: unknown): number {
  if (isTensor(alg)) return Number(toTensor(alg).item());
  if (typeof alg === "number" || alg instanceof Number) return Number(alg);
  const n = NAMED[String(alg).trim().toLowerCase().replace(/[-_]/g, "")];
  if (typeof alg !== "string")
    throw new TypeError(
      `Can't convert argument \`alg\` (of value ${str(alg)} and type ${repr(type(alg))}) to int.`,
    );
  if (n === undefined) throw unsupported(alg);
  return n;
}
export const unsupported = (alg: unknown): ValueError =>
  new ValueError(
    `Argument \`alg\` got unsupported value ${str(alg)}. Supported values are philox for the Philox algorithm, threefry for the ThreeFry algorithm, and auto_select for auto-selection.`,
  );
/** The algorithm of a generator: what is selected automatically is Philox. */
export const generatorAlgorithm = (alg: unknown): number => {
  const n = algorithm(alg);
  return n === 3 ? 1 : n;
};
const wordsOf = (seed: unknown): bigint[] => {
  const flat = isTensor(seed) ? (toTensor(seed).tolist() as unknown) : seed;
  return (Array.isArray(flat) ? flat.flat(3) : [flat]).map((v) => BigInt.asIntN(64, BigInt(v as number)));
};
/** The state that a generator of a seed starts with. */
export const create_rng_state = def(
  "tensorflow.random.create_rng_state",
  "seed alg",
  (seed: unknown, alg: unknown): Tensor => {
    const n = algorithm(alg) === 2 ? 2 : 3;
    const words = wordsOf(seed);
    while (words.length < n) words.push(0n);
    return toTensor(words.slice(0, n), { dtype: int64 });
  },
);
export const keyCounter = (key: unknown, counter: unknown, alg: number): Tensor => {
  const c = wordsOf(counter);
  const size = alg === 1 ? 2 : 1;
  while (c.length < size) c.push(0n);
  return toTensor([...c, ...wordsOf(key)], { dtype: int64 });
};
export const Algorithm = { PHILOX: 1, THREEFRY: 2, AUTO_SELECT: 3 } as const;
