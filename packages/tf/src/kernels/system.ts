import { int32, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import { fromBytes, StringArray } from "../core/strings.js";
import type { Cell } from "../graph/runtime.js";
import type { Value } from "../shared.js";
import { summary } from "./summary.js";
import { intsValue, number, numbers, reshape, runMany, same, valueOf } from "./tools.js";

let write: (stream: string, text: string) => void = () => {};
/** Tells `PrintV2` where texts go. */
export function setPrinter(f: typeof write): void {
  write = f;
}

/** Operations that check, print, and read variables. */
export const system: Readonly<Record<string, OpRow>> = {
  CheckNumerics: row(([x], a) => {
    const list = numbers(x!);
    const nan = list.some((v) => Number.isNaN(v));
    const inf = list.some((v) => v === Number.POSITIVE_INFINITY || v === Number.NEGATIVE_INFINITY);
    if (nan || inf)
      throw new KernelProblem(
        `${a.text("message")} : Tensor had ${nan && inf ? "Inf and NaN" : nan ? "NaN" : "Inf"} values`,
      );
    return reshape(x!, x!.shape);
  }, same),
  Assert: {
    run: ([cond, ...data], a) => {
      if (!numbers(cond as Value)[0])
        throw new KernelProblem(
          `assertion failed: ${data.map((d) => `[${d instanceof StringArray && d.size === 1 ? fromBytes(d.data[0]!) : summary(d, a.int("summarize")).replace(/^\[|\]$/g, "")}]`).join(" ")}`,
        );
      return [];
    },
    shape: () => [],
  },
  PrintV2: {
    run: ([text], a) => {
      write(a.get("output_stream") as string, fromBytes((text as StringArray).data[0]!) + a.text("end"));
      return [];
    },
    shape: () => [],
  },
  NoOp: { run: () => [], shape: () => [] },
  ReadVariableOp: { run: ([cell]) => (cell as Cell).read() },
  HistogramFixedWidth: row(([values, range, nbins], a) => {
    const [low, high] = numbers(range!) as [number, number];
    const n = number(nbins!);
    const counts = new Array<number>(n).fill(0);
    for (const v of numbers(values!))
      counts[Math.min(n - 1, Math.max(0, Math.floor((n * (v - low)) / (high - low))))]!++;
    return intsValue(counts, a.type("dtype").kernel);
  }),
  Bucketize: row(([x], a) => {
    const edges = a.ints("boundaries");
    return reshape(
      valueOf(
        numbers(x!).map((v) => edges.filter((e) => v >= e).length),
        int32,
      ),
      x!.shape,
    );
  }, same),
  NthElement: row(([x, n], a) => {
    const sorted = runMany(ops.sort, [x!], { dim: x!.shape.length - 1, descending: a.bool("reverse") })[0]!;
    return reshape(
      sorted.slice({ dim: x!.shape.length - 1, start: number(n!), step: 1, length: 1 }) as Value,
      x!.shape.slice(0, -1),
    );
  }),
};
