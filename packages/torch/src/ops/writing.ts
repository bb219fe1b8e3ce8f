import { type IndexRangeError, type OpRow, type Shape, sameShape } from "@cognate/kernel";
import { type Def, def } from "@cognate/py";
import { applyInPlace, call, type Input, type Value } from "@cognate/tensor";
import { inTorchWords } from "../errors.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { growing } from "../words.js";
import { deliver, named, valueOf, weakLike } from "./args.js";
import { ranged } from "./index-places.js";

/** A call that changes its first input: the row, its inputs and parameters, and what PyTorch calls its node. */
export interface Written {
  readonly row: OpRow<never>;
  readonly inputs: readonly Input[];
  readonly params: unknown;
  readonly label: string;
  /** The result's shape, where it may be larger than that of the first input. */
  readonly shape?: Shape;
  /** What is said of a position out of range. */
  readonly words?: (e: IndexRangeError) => Error;
}

/** {@link Written} for a row of known parameters. */
export const written = <P>(
  row: OpRow<P>,
  inputs: readonly Input[],
  params: P,
  label: string,
  more: Pick<Written, "shape" | "words"> = {},
): Written => ({
  row: row as unknown as OpRow<never>,
  inputs,
  params,
  label,
  ...more,
});

const asIs = (e: IndexRangeError): Error => e;

/** Writes what a call gives over `self` and gives its node PyTorch's name. */
export function overwrite(name: string, self: Tensor, plan: () => Written): Tensor {
  const x = self._value;
  inTorchWords(name, () => {
    const { row, inputs, params, label, shape, words = asIs } = plan();
    if (shape && !sameShape(shape, x.shape)) throw growing(x.shape, shape);
    const before = x.ownNode;
    ranged(() => applyInPlace(row, inputs, params as never), words);
    const node = x.ownNode;
    if (node && node !== before && !x.view) node.label = label;
  });
  return self;
}

/** A function that gives a changed copy, with `out`, and its in-place twin. */
export type Writing<S extends string, A extends readonly unknown[]> = Def<
  `${S} out`,
  (input: TensorLike, ...args: [...A, out?: Tensor | null]) => Tensor
> & { readonly twin: Def<S, (self: Tensor, ...args: A) => Tensor> };

/**
 * Makes a function and its in-place twin of one plan, which takes the parameters after the first. The signature has a
 * `*`, before which they stand that may be given by position.
 */
export function writing<const S extends string, A extends readonly unknown[]>(
  name: string,
  signature: S,
  plan: (x: Value, ...args: A) => Written,
): Writing<S, A> {
  const count = signature.split(" ").filter((word) => word !== "*").length;
  const copy = (input: TensorLike, ...rest: readonly unknown[]): Tensor =>
    inTorchWords(name, () => {
      const x = valueOf(input);
      const args = rest.slice(0, count - 1) as unknown as A;
      const { row, inputs, params, label, words = asIs } = plan(x, ...args);
      const y = ranged(() => call(row, inputs, params as never), words);
      return deliver(weakLike(named(y, label), x), (rest[count - 1] as Tensor | undefined) ?? null, name);
    });
  const change = (self: Tensor, ...args: A): Tensor =>
    overwrite(`${name}_`, self, () => plan(self._value, ...args));
  // How many parameters are required follows from the plan's.
  for (const f of [copy, change]) Object.defineProperty(f, "length", { value: plan.length });
  return Object.assign(def(`torch.${name}`, `${signature} out`, copy), {
    twin: def(`${name}_`, signature, change),
  }) as unknown as Writing<S, A>;
}
