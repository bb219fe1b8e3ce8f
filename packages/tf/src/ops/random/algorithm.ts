import { ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../../core/convert.js";
import { int64 } from "../../core/dtypes.js";
import type { Tensor } from "../../shared.js";
import { def } from "../make.js";

const ALGORITHMS: Readonly<Record<string, number>> = {
  philox: 1,
  threefry: 2,
  auto_select: 1,
  "1": 1,
  "2": 2,
  "3": 1,
};
export function algorithm(alg: unknown): number {
  const n = ALGORITHMS[String(alg)];
  if (n === undefined)
    throw new ValueError(
      `Argument \`alg\` got unsupported string value ${String(alg)}. Supported string values are: \`philox\` for the Philox algorithm, \`threefry\` for the ThreeFry algorithm, and \`auto_select\` for auto-selection.`,
    );
  return n;
}
const wordsOf = (seed: unknown): bigint[] => {
  const flat = isTensor(seed) ? (toTensor(seed).tolist() as unknown) : seed;
  return (Array.isArray(flat) ? flat.flat(3) : [flat]).map((v) => BigInt.asIntN(64, BigInt(v as number)));
};
/** The state that a generator of a seed starts with. */
export const create_rng_state = def(
  "tensorflow.random.create_rng_state",
  "seed alg",
  (seed: unknown, alg: unknown): Tensor => {
    const n = algorithm(alg) === 1 ? 3 : 2;
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
