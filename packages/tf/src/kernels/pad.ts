import { KernelProblem } from "../core/errors.js";
import { type Dims, type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { range, shown } from "./places.js";
import { demand, knownInts, number, numbers } from "./tools.js";

const padRow = (withValue: boolean): OpRow =>
  moving(
    row(
      ([x, paddings, value]) => {
        const pads = pairs(paddings!, x!.shape, "Paddings", "");
        if (withValue && value!.dtype.kind !== "complex")
          return x!.pad({
            pads,
            mode: "constant",
            value: number(value!),
          }) as Value;
        return x!.pad({ pads, mode: "constant" }) as Value;
      },
      (c) => paddedDims(c.shapes[0]!, knownInts(c, 1)),
    ),
  );

function pairs(paddings: Value, shape: readonly number[], name: string, comma: string): [number, number][] {
  const rank = shape.length;
  if (paddings.shape.length !== 2 || paddings.shape[1] !== 2)
    throw new KernelProblem(`paddings must be a matrix with 2 columns: ${shown(paddings.shape)}`);
  if (paddings.shape[0] !== rank)
    throw new KernelProblem(
      `The first dimension of paddings must be the rank of inputs${shown(paddings.shape)}${comma} ${shown(shape)}`,
    );
  const list = numbers(paddings);
  return range(0, rank).map((i) => {
    const pair: [number, number] = [list[2 * i]!, list[2 * i + 1]!];
    if (pair[0] < 0 || pair[1] < 0)
      throw new KernelProblem(`${name} must be non-negative: ${pair[0]} ${pair[1]}`);
    return pair;
  });
}

const paddedDims = (x: Dims, list: readonly number[] | undefined): readonly Dims[] => [
  x ? x.map((d, i) => (d === null || !list ? null : d + list[2 * i]! + list[2 * i + 1]!)) : null,
];

/** Elements around. */
export const padding: Readonly<Record<string, OpRow>> = {
  Pad: padRow(false),
  PadV2: padRow(true),
  MirrorPad: moving(
    row(
      ([x, paddings], a) => {
        const pads = pairs(paddings!, x!.shape, "paddings", ",");
        const reflect = a.text("mode") === "REFLECT";
        pads.forEach(([before, after], i) => {
          const d = x!.shape[i]!;
          demand(
            Math.max(before, after) <= (reflect ? d - 1 : d) || (before === 0 && after === 0),
            () =>
              `paddings must be ${reflect ? "less" : "no greater"} than the dimension size: ${before}, ${after} ${reflect ? "not less" : "greater"} than ${d}`,
          );
        });
        return x!.pad({ pads, mode: reflect ? "reflect" : "symmetric" }) as Value;
      },
      (c) => paddedDims(c.shapes[0]!, knownInts(c, 1)),
    ),
  ),
};
