import { def } from "@cognate/py";
import { one } from "../core/execute.js";
import type { Tensor, TensorLike } from "../shared.js";

/* Makers of public functions that are one operation. */

/** The name of a call, for graphs and messages. */
export type Name = string | null;
/** What tensor arguments may be. */
export type Data = TensorLike;

/** A function of one tensor that is one operation. */
export const unary = (py: string, type: string) =>
  def(`tensorflow.${py}`, "x name", (x: Data, name: Name = null): Tensor => one(type, [x], {}, name));

/** The same under another name of its parameter. */
export const unaryOf = <const P extends string>(py: string, type: string, parameter: P) =>
  def(
    `tensorflow.${py}`,
    `${parameter} name` as const,
    (x: Data, name: Name = null): Tensor => one(type, [x], {}, name),
  );

/** A function of two tensors that is one operation. */
export const binary = (py: string, type: string) =>
  def(`tensorflow.${py}`, "x y name", (x: Data, y: Data, name: Name = null): Tensor =>
    one(type, [x, y], {}, name),
  );
