import { pyClass } from "@cognate/py";
import type { LayerCall, OpenFields } from "../layers/make.js";
import { OperationImpl } from "./operation.js";

const made = pyClass(
  "keras.src.ops.operation.Operation",
  "name",
  OperationImpl as unknown as new (
    name?: string | null,
  ) => OperationImpl,
);

/**
 * `keras.Operation`: the base of operations of one's own, which compute in `call` and become part of a graph when they are
 * called on symbolic tensors.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Double extends keras.Operation {
 *   call(x) {
 *     return keras.ops.multiply(x, 2);
 *   }
 * }
 * print(new Double()(keras.ops.ones([2])), new Double()(keras.Input([3])).shape);
 * // prints tf.Tensor([2. 2.], shape=(2,), dtype=float32) (None, 3)
 * ```
 */
export const Operation = made as unknown as Omit<typeof made, never> & {
  new (name?: string | null | { name?: string | null }): OperationImpl & LayerCall & OpenFields;
};
export type Operation = OperationImpl;
