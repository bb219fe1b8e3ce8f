import { ops, type Shape } from "@cognate/kernel";
import { def, NotImplementedError, RuntimeError } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type Int, int, named, shown, valueOf } from "../../ops/args.js";
import { type Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";
import { number } from "./args.js";

const MODES = {
  constant: "Constant",
  reflect: "Reflection",
  replicate: "Replication",
  circular: "",
} as const;
type Mode = keyof typeof MODES;

/** The ranks that a padding of so many axes takes in the modes that look at the input. */
function checkRank(rank: number, axes: number): void {
  if (axes >= 1 && axes <= 3 && (rank === axes + 1 || rank === axes + 2)) return;
  throw new NotImplementedError(
    [
      `Padding size ${2 * axes} is not supported for ${rank}D input tensor.`,
      "Supported combinations for non-constant padding:",
      "  - 2D or 3D input: padding size = 2 (pads last dimension)",
      "  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)",
      "  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)",
    ].join("\n"),
  );
}

/** @throws RuntimeError where there is not enough to mirror, repeat or wrap around */
function checkAmount(x: Shape, pads: readonly (readonly [number, number])[], mode: Mode, axes: number): void {
  const rank = x.length;
  if (mode !== "circular" && x.slice(rank === axes + 2 ? 1 : 0).some((n) => n === 0))
    throw new RuntimeError(
      `Expected ${axes + 1}D or ${axes + 2}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${shown(x)}`,
    );
  for (let k = 0; k < axes; k++) {
    const axis = rank - 1 - k;
    const [before, after] = pads[axis]!;
    const n = x[axis]!;
    if (mode === "reflect" && (before >= n || after >= n))
      throw new RuntimeError(
        `Argument #${4 + 2 * k}: Padding size should be less than the corresponding input dimension, but got: padding (${before}, ${after}) at dimension ${axis} of input ${shown(x)}`,
      );
    if (mode === "circular" && (before > n || after > n))
      throw new RuntimeError("Padding value causes wrapping around more than once.");
  }
}

/**
 * Elements added at the ends of the last axes: `pad` holds pairs (before, after), the last axis first; negative numbers take
 * elements away. `mode` is `"constant"` (with `value`), `"reflect"`, `"replicate"` or `"circular"`.
 *
 * @throws RuntimeError, NotImplementedError where the padding does not fit the input
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([[1, 2, 3]]);
 * print(F.pad(x, [1, 2]), F.pad(x, [2, 0], { mode: "reflect" })); // prints tensor([[0, 1, 2, 3, 0, 0]]) tensor([[3, 2, 1, 2, 3]])
 * ```
 */
export const pad = def(
  "torch.nn.functional.pad",
  "input pad mode value",
  (
    input: TensorLike,
    pad: readonly Int[],
    mode = "constant",
    value: number | Number | boolean | null = null,
  ): Tensor => {
    const x = valueOf(input);
    const list = Array.from(pad as Iterable<Int>, int);
    const rank = x.shape.length;
    const axes = list.length / 2;
    if (list.length % 2 !== 0) throw new RuntimeError("Padding length must be divisible by 2");
    if (axes > rank)
      throw new RuntimeError(
        `Padding length should be less than or equal to two times the input dimension but got padding length ${list.length} and input of dimension ${rank}`,
      );
    const pads = x.shape.map((_, i): readonly [number, number] => {
      const k = rank - 1 - i;
      return k < axes ? [list[2 * k]!, list[2 * k + 1]!] : [0, 0];
    });
    if (!(mode in MODES) || mode === "constant") {
      if (mode !== "constant") throw new NotImplementedError(`Unrecognised padding mode ${mode}`);
      if (
        x.shape.some(
          (n, i) =>
            n + pads[i]![0] + pads[i]![1] < 0 || n + Math.min(pads[i]![0], 0) + Math.min(pads[i]![1], 0) < 0,
        )
      )
        throw new RuntimeError("narrow(): length must be non-negative.");
      const fill = number(Number(value ?? 0));
      return wrap(named(call(ops.pad, [x], { pads, value: fill }), "ConstantPadNdBackward0"));
    }
    if (value !== null && Number(value) !== 0)
      throw new RuntimeError(`Padding mode "${mode}" doesn't take in value argument`);
    checkRank(rank, axes);
    checkAmount(x.shape, pads, mode as Mode, axes);
    if (mode === "circular" && list.some((n) => n < 0)) {
      // What is taken away does not come round again.
      const cut = pads.map(([a, b]): readonly [number, number] => [Math.min(a, 0), Math.min(b, 0)]);
      const grown = pads.map(([a, b]): readonly [number, number] => [Math.max(a, 0), Math.max(b, 0)]);
      const kept = call(ops.pad, [x], { pads: cut });
      return wrap(named(call(ops.pad, [kept], { pads: grown, mode }), "CopySlices"));
    }
    const gradFn = mode === "circular" ? "CopySlices" : `${MODES[mode as Mode]}Pad${axes}DBackward0`;
    return wrap(named(call(ops.pad, [x], { pads, mode: mode as Mode }), gradFn));
  },
);
