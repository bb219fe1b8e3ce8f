/**
 * `torch.autograd.forward_ad`: derivatives along a direction, carried forward by dual tensors.
 *
 * @packageDocumentation
 */
import { isDifferentiable } from "@cognate/kernel";
import { AttributeError, context, def, namedTuple, RuntimeError, type_name, ValueError } from "@cognate/py";
import {
  currentForward,
  enterForward,
  exitForward,
  type ForwardLevel,
  setTangent,
  tangentOf,
  type Value,
  withoutTangent,
} from "@cognate/tensor";
import { fromKernel, getDefault } from "../dtype.js";
import { Tensor, wrap } from "../tensor/tensor.js";

/** What {@link unpack_dual} gives. */
export const UnpackedDualTensor = namedTuple<{ primal: Tensor; tangent: Tensor | null }>(
  "UnpackedDualTensor",
  ["primal", "tangent"],
);
export type UnpackedDualTensor = ReturnType<typeof UnpackedDualTensor>;

/** Gives a value its tangent. @throws RuntimeError for another shape */
export function attachTangent(x: Value, level: ForwardLevel, tangent: Value): void {
  const [a, b] = [x.shape, tangent.shape];
  if (a.length !== b.length || a.some((n, i) => n !== b[i]))
    throw new RuntimeError(
      `Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. Tensor is of size [${a.join(", ")}] while the given forward gradient is of size [${b.join(", ")}].`,
    );
  setTangent(x, level, tangent);
}

/** The same elements with a tangent, connected with what the tensor came from. */
export function dualOf(x: Tensor, tangent: Tensor, level: ForwardLevel): Tensor {
  const dual = x.view_as(x)._value;
  attachTangent(dual, level, tangent._value);
  return wrap(dual);
}

function requireFloating(name: string, t: Tensor): void {
  if (!(t instanceof Tensor))
    throw new AttributeError(`'${type_name(t)}' object has no attribute 'is_floating_point'`);
  if (!isDifferentiable(t._value.dtype))
    throw new ValueError(
      `Expected ${name} to be floating point or complex, but got: ${fromKernel(t._value.dtype)}`,
    );
}

/**
 * `with dual_level():` – dual tensors live inside, and their tangents end with it.
 *
 * @throws RuntimeError where one is open already
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const fwAD = torch.autograd.forward_ad;
 * fwAD.dual_level(() => {
 *   const x = fwAD.make_dual(torch.tensor([1.5, 2]), torch.tensor([1, 10]));
 *   print(fwAD.unpack_dual(x.mul(x)).tangent); // prints tensor([ 3., 40.])
 * });
 * ```
 */
export const dual_level = context(() => {
  let level: ForwardLevel | undefined;
  return {
    enter: () => {
      level = enter_dual_level();
    },
    exit: () => {
      if (level) exitForward(level);
    },
  };
});

/** Opens a level; see {@link dual_level}. */
export function enter_dual_level(): ForwardLevel {
  if (currentForward()) throw new RuntimeError("Nested forward mode AD is not supported at the moment");
  return enterForward();
}

/** Closes the open level: its tangents are gone. */
export function exit_dual_level(): void {
  const level = currentForward();
  if (!level)
    throw new RuntimeError(
      "Trying to exit a forward AD level that was not the last one that was created. This is not supported.",
    );
  exitForward(level);
}

/** A tensor with a tangent: calls on it carry the derivative along that direction. */
export const make_dual = def(
  "torch.autograd.forward_ad.make_dual",
  "tensor tangent * level",
  (tensor: Tensor, tangent: Tensor): Tensor => {
    const level = currentForward();
    if (!level)
      throw new RuntimeError(
        "Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() first.",
      );
    const [primal, direction] = [tensor, tangent].map((t) =>
      t instanceof Tensor && t._value.weak ? t.to(fromKernel(getDefault())) : t,
    ) as [Tensor, Tensor];
    requireFloating("primal", primal);
    requireFloating("tangent", direction);
    if (tangentOf(tensor._value, level))
      throw new RuntimeError(
        `Making a dual Tensor based on a Tensor that already has a forward gradient at the same level ${level.depth} is not supported.`,
      );
    return dualOf(primal, direction, level);
  },
);

/** A dual tensor's two parts; the tangent of any other tensor is `null`. */
export const unpack_dual = def(
  "torch.autograd.forward_ad.unpack_dual",
  "tensor * level",
  (tensor: Tensor): UnpackedDualTensor => {
    const level = currentForward();
    const tangent = level ? tangentOf(tensor._value, level) : null;
    const primal = level && tangent ? wrap(withoutTangent(tensor._value, level)) : tensor;
    return UnpackedDualTensor(primal, tangent && wrap(tangent));
  },
);
