import type { NumericData } from "../dtype/dtype.js";
import { broadcastTo } from "./broadcast.js";
import { decoderOf, encoderOf } from "./copy.js";
import { collapse, forEachRun } from "./iterate.js";
import type { Strided } from "./strided.js";

/** Adds runs of `n` elements of src to runs of target of the same type, one element after the other. */
export function adder(
  target: Strided,
  src: Strided,
  n: number,
  toStep: number,
  fromStep: number,
): (to: number, from: number) => void {
  const { dtype } = target;
  if (dtype.big) {
    const [to, from] = [target.data as BigInt64Array, src.data as BigInt64Array];
    return (i, j) => {
      for (let k = 0; k < n; k++, i += toStep, j += fromStep) to[i]! += from[j]!;
    };
  }
  const [to, from] = [target.data as NumericData, src.data as NumericData];
  const [decode, encode] = [decoderOf(dtype), encoderOf(dtype)];
  if (dtype.lanes === 2)
    return (i, j) => {
      for (let k = 0; k < n; k++, i += toStep, j += fromStep) {
        to[2 * i]! += from[2 * j]!;
        to[2 * i + 1]! += from[2 * j + 1]!;
      }
    };
  if (decode)
    return (i, j) => {
      for (let k = 0; k < n; k++, i += toStep, j += fromStep)
        to[i] = encode!(decode(to[i]!) + decode(from[j]!));
    };
  if (dtype.kind === "bool")
    return (i, j) => {
      for (let k = 0; k < n; k++, i += toStep, j += fromStep) to[i]! |= from[j]!;
    };
  return (i, j) => {
    for (let k = 0; k < n; k++, i += toStep, j += fromStep) to[i]! += from[j]!;
  };
}

/** target += src, one element after the other, so that positions that target's strides repeat add up. Same types. */
export function accumulateInto(target: Strided, src: Strided): void {
  const from = broadcastTo(src, target.shape);
  const nest = collapse(target.shape, [target.strides, from.strides]);
  const last = nest.shape.length - 1;
  const [toStep, fromStep] = nest.strides.map((s) => s[last]!) as [number, number];
  const add = adder(target, from, nest.shape[last]!, toStep, fromStep);
  forEachRun(nest, [target.offset, from.offset], (at) => add(at[0]!, at[1]!));
}
