import { int32, int64, ops } from "@cognate/kernel";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { castValue, filled, intsValue, numbers, reshape, run } from "./tools.js";

/** The blocks of equal values of the closest non-increasing sequence: adjacent violators are pooled. */
function pooled(line: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const v of line) {
    blocks.push({ sum: v, count: 1 });
    for (;;) {
      const [p, q] = blocks.slice(-2);
      if (!p || !q || p.sum / p.count >= q.sum / q.count) break;
      blocks.splice(-2, 2, { sum: p.sum + q.sum, count: p.count + q.count });
    }
  }
  return blocks.flatMap((b, i) => new Array<number>(b.count).fill(i));
}

/** The closest non-increasing lines, and the number of the block that each element belongs to. */
export const isotonic: Readonly<Record<string, OpRow>> = {
  IsotonicRegression: row(
    ([given], a) => {
      const x = castValue(given!, a.type("output_dtype").kernel);
      const n = x.shape[x.shape.length - 1]!;
      const rows = n === 0 ? 0 : x.size / n;
      const list = numbers(x);
      const segments = Array.from({ length: rows }, (_, r) => pooled(list.slice(r * n, (r + 1) * n)));
      const place = intsValue(
        segments.flatMap((s, r) => s.map((k) => r * n + k)),
        int64,
      );
      // Each block's mean, by sums of its elements: the same sums carry the derivative.
      const sums = (v: Value): Value =>
        filled(x, [rows * n], 0).indexPut(v, { indices: [place.array], accumulate: true }) as Value;
      const flat = reshape(x, [rows * n]);
      const means = sums(flat).div(sums(filled(flat, flat.shape, 1)).clampMin(1)) as Value;
      const y = run(ops.embedding, [reshape(means, [rows * n, 1]), place], {});
      return [reshape(y, x.shape), reshape(intsValue(segments.flat(), int32), x.shape)];
    },
    ({ shapes: [x] }) => [x!, x!],
  ),
};
