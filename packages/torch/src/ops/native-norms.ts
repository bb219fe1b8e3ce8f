// The normalisations at torch's root as C++ has them: with the mean and one over the deviation beside the result.
import { ops } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { batch_norm } from "../nn/functional/norm.js";
import { type Tensor, wrap } from "../tensor/tensor.js";
import { type Int, int, ints, named, shown } from "./args.js";

type Num = number | Number;
type Optional = Tensor | null;

const inverse = (variance: Value, eps: number): Value =>
  call(ops.rsqrt, [call(ops.add, [variance, eps], undefined)], undefined);

/** Result, mean and one over the deviation, in given shapes; a group's statistics have history, a layer's none. */
function three(
  inputs: readonly (Value | null)[],
  params: Parameters<typeof ops.standardize.run>[1],
  shape: readonly number[],
  gradFn: string,
  detached: boolean,
): Tuple<Tensor> {
  const [y, mean, variance] = callMany(ops.standardize, inputs as never, params) as [Value, Value, Value];
  const statistics = [mean, inverse(variance, params.eps)].map((v) =>
    wrap(named((detached ? v.detach() : v).reshape({ shape }) as Value, gradFn)),
  );
  return Tuple.of_([wrap(named(y, gradFn)), ...statistics]);
}

/**
 * Layer normalisation over the last axes, whose lengths are `normalized_shape`.
 *
 * @throws RuntimeError for shapes that do not go together
 */
export const native_layer_norm = def(
  "torch.native_layer_norm",
  "input normalized_shape weight bias eps",
  (
    input: Tensor,
    normalized_shape: readonly Int[],
    weight: Optional,
    bias: Optional,
    eps: Num,
  ): Tuple<Tensor> => {
    const x = input._value;
    const wanted = ints([normalized_shape]);
    if (wanted.length < 1)
      throw new RuntimeError(
        `Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = ${shown(wanted)}`,
      );
    const equal = (shape: readonly number[]): boolean => shape.join() === wanted.join();
    for (const [name, v] of Object.entries({ weight, bias }))
      if (v && !equal(v.shape))
        throw new RuntimeError(
          `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${shown(v.shape)} and normalized_shape = ${shown(wanted)}`,
        );
    const lead = x.shape.length - wanted.length;
    if (lead < 0 || !equal(x.shape.slice(lead)))
      throw new RuntimeError(
        `Given normalized_shape=${shown(wanted)}, expected input with shape [*, ${wanted.join(", ")}], but got input of size${shown(x.shape)}`,
      );
    const axes = wanted.map((_, i) => lead + i);
    const outer = [...x.shape.slice(0, lead), ...wanted.map(() => 1)];
    return three(
      [x, weight?._value ?? null, bias?._value ?? null],
      { axes, affine: axes, eps: Number(eps) },
      outer,
      "NativeLayerNormBackward0",
      true,
    );
  },
);

/** Group normalisation of `N` images with `C` channels of `HxW` places, in `group` groups. */
export const native_group_norm = def(
  "torch.native_group_norm",
  "input weight bias N C HxW group eps",
  (
    input: Tensor,
    weight: Optional,
    bias: Optional,
    N: Int,
    C: Int,
    HxW: Int,
    group: Int,
    eps: Num,
  ): Tuple<Tensor> => {
    void [C, HxW];
    const x = input._value;
    const axes = x.shape.map((_, i) => i).slice(1);
    return three(
      [x, weight?._value ?? null, bias?._value ?? null],
      { axes, affine: [1], groups: int(group), eps: Number(eps) },
      [int(N), int(group)],
      "NativeGroupNormBackward0",
      false,
    );
  },
);

/** Batch normalisation; the two statistics are empty where the running ones are used. */
export const native_batch_norm = def(
  "torch.native_batch_norm",
  "input weight bias running_mean running_var training momentum eps * out",
  (
    input: Tensor,
    weight: Optional,
    bias: Optional,
    running_mean: Optional,
    running_var: Optional,
    training: boolean,
    momentum: Num,
    eps: Num,
    _out: readonly Tensor[] | null = null,
  ): Tuple<Tensor> => {
    const y = batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps);
    const x = input._value.detach();
    const axes = x.shape.map((_, i) => i).filter((i) => i !== 1);
    if (!training) return Tuple.of_([y, wrap(x.full([0], 0) as Value), wrap(x.full([0], 0) as Value)]);
    const [, mean, variance] = callMany(ops.standardize, [x, null, null], {
      axes,
      affine: [1],
      eps: Number(eps),
    }) as [Value, Value, Value];
    return Tuple.of_([y, wrap(mean), wrap(inverse(variance, Number(eps)))]);
  },
);
