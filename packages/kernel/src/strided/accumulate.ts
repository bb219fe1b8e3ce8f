import type { NumericData } from "../dtype/dtype.js";
import { broadcastTo } from "./broadcast.js";
import { decoderOf, encoderOf } from "./copy.js";
import { collapse, forEachRun } from "./iterate.js";
import type { Strided } from "./strided.js";

/** target += src, one element after the other, so that positions that target's strides repeat add up. Same types. */
export function accumulateInto(target: Strided, src: Strided): void {
  const from = broadcastTo(src, target.shape);
  const nest = collapse(target.shape, [target.strides, from.strides]);
  const last = nest.shape.length - 1;
  const n = nest.shape[last]!;
  const [st, sf] = nest.strides.map((s) => s[last]!) as [number, number];
  const { dtype } = target;
  const decode = decoderOf(dtype);
  const encode = encoderOf(dtype);
  const [to, data] = [target.data as NumericData, from.data as NumericData];
  forEachRun(nest, [target.offset, from.offset], ([t, f]) => {
    for (let k = 0; k < n; k++) {
      const [i, j] = [t! + k * st, f! + k * sf];
      if (dtype.lanes === 2) {
        to[2 * i]! += data[2 * j]!;
        to[2 * i + 1]! += data[2 * j + 1]!;
      } else if (decode) to[i] = encode!(decode(to[i]!) + decode(data[j]!));
      else if (dtype.kind === "bool") to[i]! |= data[j]!;
      else to[i]! += data[j]!;
    }
  });
}
