import type { NumericData } from "../../dtype/dtype.js";
import { decoderOf, encoderOf } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { type NamedWalk, named } from "./named.js";

/** Adds src to x at the positions that the index names. */
export function addNamed(walk: NamedWalk, x: Strided, src: Strided): void {
  const { n, otherStep, baseStep, indexStep, stride } = walk;
  const { dtype } = x;
  if (dtype.big) {
    const [to, from] = [x.data as BigInt64Array, src.data as BigInt64Array];
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++)
        to[b + k * baseStep + named(walk, w + k * indexStep) * stride]! += from[o + k * otherStep]!;
    });
    return;
  }
  const [to, from] = [x.data as NumericData, src.data as NumericData];
  const [decode, encode] = [decoderOf(dtype), encoderOf(dtype)];
  if (dtype.lanes === 2)
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++) {
        const p = 2 * (b + k * baseStep + named(walk, w + k * indexStep) * stride);
        const q = 2 * (o + k * otherStep);
        to[p]! += from[q]!;
        to[p + 1]! += from[q + 1]!;
      }
    });
  else if (decode)
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++) {
        const p = b + k * baseStep + named(walk, w + k * indexStep) * stride;
        to[p] = encode!(decode(to[p]!) + decode(from[o + k * otherStep]!));
      }
    });
  else if (dtype.kind === "bool")
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++)
        to[b + k * baseStep + named(walk, w + k * indexStep) * stride]! |= from[o + k * otherStep]!;
    });
  else if (indexStep === 0 && n > 1)
    walk.each((o, b, w) => {
      const base = b + named(walk, w) * stride;
      for (let k = 0; k < n; k++) to[base + k * baseStep]! += from[o + k * otherStep]!;
    });
  else
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++)
        to[b + k * baseStep + named(walk, w + k * indexStep) * stride]! += from[o + k * otherStep]!;
    });
}
