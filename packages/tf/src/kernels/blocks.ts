import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { moving } from "./lift.js";
import { range } from "./places.js";
import { demand, numbers, permute, reshape, size } from "./tools.js";

/** Axes cut into blocks: [d] → [d / b, b]. */
function spaceToBatch(
  x: Value,
  blocks: readonly number[],
  pads: readonly (readonly [number, number])[],
): Value {
  const m = blocks.length;
  demand(x.shape.length > m, () => `input rank should be >= ${m + 1} instead of ${x.shape.length}`);
  const zero = blocks.findIndex((b) => b < 1);
  demand(
    zero < 0,
    () => `All values in block_shape must be positive, got value, ${blocks[zero]} at index ${zero}.`,
  );
  demand(
    pads.every(([a, b]) => a >= 0 && b >= 0),
    () => "Paddings must be non-negative",
  );
  const rest = x.shape.slice(1 + m);
  const padded = x.pad({
    pads: [[0, 0], ...pads, ...rest.map(() => [0, 0] as const)],
    mode: "constant",
  }) as Value;
  const lengths = padded.shape.slice(1, 1 + m);
  lengths.forEach((d, i) => {
    if (d % blocks[i]! !== 0)
      throw new KernelProblem(`padded_shape[${i}]=${d} is not divisible by block_shape[${i}]=${blocks[i]}`);
  });
  const cut = reshape(padded, [
    x.shape[0]!,
    ...lengths.flatMap((d, i) => [d / blocks[i]!, blocks[i]!]),
    ...rest,
  ]);
  const inner = range(0, m).map((i) => 2 + 2 * i);
  const outer = range(0, m).map((i) => 1 + 2 * i);
  const moved = permute(cut, [...inner, 0, ...outer, ...rest.map((_, i) => 1 + 2 * m + i)]);
  return reshape(moved, [x.shape[0]! * size(blocks), ...lengths.map((d, i) => d / blocks[i]!), ...rest]);
}

function batchToSpace(
  x: Value,
  blocks: readonly number[],
  crops: readonly (readonly [number, number])[],
): Value {
  const m = blocks.length;
  demand(x.shape.length > m, () => `input rank should be >= ${m + 1} instead of ${x.shape.length}`);
  demand(size(blocks) > 0, () => `Product of block sizes must be positive, got ${size(blocks)}`);
  demand(
    x.shape[0]! % size(blocks) === 0,
    () =>
      `Input batch dimension (${x.shape[0]}) is not divisible by product of block sizes (${size(blocks)})`,
  );
  crops.forEach(([a, b], i) => {
    demand(a >= 0 && b >= 0, () => "Crops must be non-negative");
    const left = x.shape[1 + i]! * blocks[i]! - a - b;
    demand(left >= 0, () => `cropped_shape[${i}]=${left} must be non-negative`);
  });
  const n = x.shape[0]! / size(blocks);
  const rest = x.shape.slice(1 + m);
  const lengths = x.shape.slice(1, 1 + m);
  const cut = reshape(x, [...blocks, n, ...lengths, ...rest]);
  const order = [m, ...range(0, m).flatMap((i) => [m + 1 + i, i]), ...rest.map((_, i) => 1 + 2 * m + i)];
  const joined = reshape(permute(cut, order), [n, ...lengths.map((d, i) => d * blocks[i]!), ...rest]);
  return crops.reduce(
    (y, [a, b], i) => y.slice({ dim: 1 + i, start: a, step: 1, length: y.shape[1 + i]! - a - b }) as Value,
    joined,
  );
}

const pairList = (v: Value): [number, number][] => {
  const list = numbers(v);
  return range(0, list.length / 2).map((i) => [list[2 * i]!, list[2 * i + 1]!]);
};

/** Channels last, whatever the format of the data. */
const channelsLast = (x: Value, format: string, f: (x: Value) => Value): Value => {
  demand(x.shape.length === 4, () => `Input rank should be 4 instead of ${x.shape.length}`);
  if (format !== "NCHW") return f(x);
  return permute(f(permute(x, [0, 2, 3, 1])), [0, 3, 1, 2]);
};

const both = (a: Attrs): [number, number] => [a.int("block_size"), a.int("block_size")];

/** Blocks of space moved into the batch or the channels, and back. */
export const blocks: Readonly<Record<string, OpRow>> = {
  // Before there were lengths for each axis.
  SpaceToBatch: moving(row(([x, pads], a) => spaceToBatch(x!, both(a), pairList(pads!)))),
  BatchToSpace: moving(row(([x, crops], a) => batchToSpace(x!, both(a), pairList(crops!)))),
  SpaceToBatchND: moving(row(([x, blocks, pads]) => spaceToBatch(x!, numbers(blocks!), pairList(pads!)))),
  BatchToSpaceND: moving(row(([x, blocks, crops]) => batchToSpace(x!, numbers(blocks!), pairList(crops!)))),
  SpaceToDepth: moving(
    row(([x], a) =>
      channelsLast(x!, a.text("data_format"), (v) => {
        const [n, h, w, c] = v.shape as [number, number, number, number];
        const b = a.int("block_size");
        demand(
          h % b === 0 && w % b === 0,
          () => `Image width ${w} and height ${h} should be divisible by block_size: ${b}`,
        );
        const cut = reshape(v, [n, h / b, b, w / b, b, c]);
        return reshape(permute(cut, [0, 1, 3, 2, 4, 5]), [n, h / b, w / b, b * b * c]);
      }),
    ),
  ),
  DepthToSpace: moving(
    row(([x], a) =>
      channelsLast(x!, a.text("data_format"), (v) => {
        const [n, h, w, c] = v.shape as [number, number, number, number];
        const b = a.int("block_size");
        demand(c % (b * b) === 0, () => `Input depth dimension ${c} should be divisible by: ${b * b}`);
        const cut = reshape(v, [n, h, w, b, b, c / (b * b)]);
        return reshape(permute(cut, [0, 1, 3, 2, 4, 5]), [n, h * b, w * b, c / (b * b)]);
      }),
    ),
  ),
};
