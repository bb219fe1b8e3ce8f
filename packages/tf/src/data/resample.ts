import { Tuple } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { float32, int32, int64 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { add, cast, divide, less, subtract } from "../ops/math.js";
import { uniform } from "../ops/random/draws.js";
import { reduce_max, reduce_min, reduce_sum } from "../ops/reduce.js";
import type { Tensor } from "../shared.js";
import { makers } from "./makers.js";
import { type D, m } from "./methods.js";
import { sample_from_datasets } from "./sample.js";
import { args, type Element, type Fn } from "./structure.js";

/* Elements of classes drawn so that the classes come as often as wanted. */

interface Chain {
  repeat(): Chain;
  prefetch(n: number): Chain;
  batch(n: number): Chain;
  unbatch(): Chain;
  map(f: (...x: never[]) => unknown): Chain;
  filter(f: (...x: never[]) => unknown): Chain;
  scan(state: unknown, f: (state: Tensor, x: Tensor) => unknown): Chain;
}
const TINY = 2 ** -126;
const forever = (x: Tensor): Chain => (makers.from_tensors(x) as unknown as Chain).repeat();
const zip = (...sets: readonly Chain[]): Chain => makers.zip(Tuple.of_(sets)) as unknown as Chain;

/** How often elements of each class are taken, and how often an element is taken as it comes. */
function acceptance(initial: Tensor, target: Tensor): readonly [Tensor, Tensor] {
  const ratio = divide(target, add(initial, toTensor(TINY, { dtype: float32 }))) as Tensor;
  const [most, least] = [reduce_max(ratio), reduce_min(ratio)];
  return [divide(subtract(ratio, least), subtract(most, least)) as Tensor, least];
}

/** So many classes are counted at a time, each as if it had been seen before. */
const [BATCH, SEEN] = [32, 10];
/** Estimates of the classes' shares, from the classes up to each element's batch. */
function estimated(classes: Chain, count: number): Chain {
  const start = toTensor(new Array<number>(count).fill(SEEN), { dtype: int64 });
  return classes
    .batch(BATCH)
    .scan(start, (seen, c) => {
      const hot = one(
        "OneHot",
        [c, toTensor(count, { dtype: int32 }), toTensor(1, { dtype: int64 }), toTensor(0, { dtype: int64 })],
        { axis: -1 },
      );
      const now = add(seen, reduce_sum(hot, 0));
      const shares = cast(divide(now, reduce_sum(now)) as Tensor, float32);
      const rows = toTensor([BATCH, 1], { dtype: int32 });
      return Tuple.of_([now, one("Tile", [one("ExpandDims", [shares, 0]), rows])]);
    })
    .unbatch();
}

export const resample = {
  rejection_resample: m("rejection_resample", "self class_func target_dist initial_dist seed name", ((
    self: D,
    class_func: Fn,
    target_dist: unknown,
    initial_dist: unknown = null,
    seed: number | null = null,
    _n: unknown = null,
  ): D => {
    const all = self as unknown as Chain;
    const classOf = class_func as (...x: unknown[]) => Tensor;
    const target = cast(toTensor(target_dist), float32);
    const known = initial_dist === null ? null : cast(toTensor(initial_dist), float32);
    let shares: Chain;
    let accepted: Chain;
    let original: Chain;
    if (known) {
      const [a, b] = acceptance(known, target);
      [shares, accepted, original] = [forever(known), forever(a), forever(b)];
    } else {
      shares = estimated(all.map(classOf as never), target.shape[0]!);
      accepted = shares.map(((s: Tensor) => acceptance(s, target)[0]) as never);
      original = shares.map(((s: Tensor) => acceptance(s, target)[1]) as never);
    }
    const filtered = zip(zip(accepted, shares).map(((a: Tensor) => a) as never), all)
      .map(((p: Tensor, x: Element) => {
        const c = classOf(...args(x));
        return Tuple.of_([c, one("GatherV2", [p, c, 0]), x]);
      }) as never)
      .filter(((_c: Tensor, p: Tensor) => less(uniform([], 0, null, p.dtype, seed), p)) as never)
      .map(((c: Tensor, _p: Tensor, x: Element) => Tuple.of_([c, x])) as never)
      .prefetch(3);
    const plain = all.map(((...x: unknown[]) =>
      Tuple.of_([classOf(...x), x.length === 1 ? x[0] : Tuple.of_(x)])) as never);
    const share = known ? Number(reduce_min(divide(target, known) as Tensor).item()) : null;
    if (share === 1) return plain as unknown as D;
    if (share === 0) return filtered as unknown as D;
    const weights = original.map(((p: Tensor) =>
      one("Pack", [[p, subtract(toTensor(1, { dtype: float32 }), p)]], { axis: 0 })) as never);
    return sample_from_datasets([plain, filtered] as unknown as D[], weights as unknown as D, seed, true);
  }) as never),
};
