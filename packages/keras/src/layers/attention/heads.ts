import { Tuple } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";
import type { Shape } from "../../backend/shape.js";
import type { Tensor } from "../../backend/tensor.js";
import { bindCall, type CallArguments } from "../../call-signature.js";
import * as K from "../../ops/index.js";
import { EinsumDense, type EinsumDenseImpl } from "../core/einsum-dense.js";
import { type ActivationLike, type LayerOptions, StockLayer } from "../stock.js";
import { causalMask } from "./attention.js";

type Clonable = { constructor: { from_config(config: object): unknown }; get_config(): object };

/** Attention with several heads: projections of query, key and value, and of what the heads give. */
export abstract class Heads extends StockLayer {
  declare readonly sliding_window: number | null;

  /** A projection by an equation, with the layer's initializers anew. */
  _projection(
    name: string,
    equation: string,
    output_shape: Shape,
    bias_axes: string | null,
    activation: ActivationLike = null,
  ): EinsumDenseImpl {
    const fields = this as unknown as Record<string, Clonable & { constructor: unknown }>;
    const again = (x: Clonable): unknown => x.constructor.from_config(x.get_config());
    const options: LayerOptions = {
      name,
      dtype: this.dtype_policy,
      activity_regularizer: this.activity_regularizer as never,
    };
    return EinsumDense(
      equation,
      output_shape as never,
      {
        activation,
        bias_axes,
        kernel_initializer: again(fields.kernel_initializer!),
        bias_initializer: again(fields.bias_initializer!),
        kernel_regularizer: fields.kernel_regularizer,
        bias_regularizer: fields.bias_regularizer,
        kernel_constraint: fields.kernel_constraint,
        bias_constraint: fields.bias_constraint,
        ...options,
      } as never,
    ) as unknown as EinsumDenseImpl;
  }
  /** The shape of the scores, by the query's shape and the keys'. */
  abstract _scoresShape(query: Shape, keys: Shape): Shape;
  override _spec(call: CallArguments): unknown {
    const bound = bindCall(this._signature, call);
    const of = (name: string): KerasTensor | null => (bound.get(name) as KerasTensor | undefined) ?? null;
    const [query, value, key] = [of("query")!, of("value")!, of("key")];
    const make = (shape: Shape): KerasTensor =>
      new KerasTensor(shape, this.compute_dtype, null, query.record_history);
    const shapeOf = this.compute_output_shape as (...shapes: unknown[]) => Shape;
    const output = make(shapeOf.call(this, query.shape, value.shape, key?.shape ?? null));
    if (!bound.get("return_attention_scores")) return output;
    return Tuple.of_([output, make(this._scoresShape(query.shape, (key ?? value).shape))]);
  }
  /** What masks of inputs, the causal and the window's mask leave of the scores: `[B, T, S]`. */
  _attentionMask(
    query: Tensor,
    value: Tensor,
    queryMask: Tensor | null,
    valueMask: Tensor | null,
    keyMask: Tensor | null,
    attentionMask: Tensor | null,
    causal: boolean,
  ): Tensor | null {
    const [queries, keys] = [query.shape[1]!, value.shape[1]!];
    const masks: Tensor[] = [];
    if (queryMask) masks.push(K.expand_dims(K.cast(queryMask, "bool"), -1));
    if (valueMask) masks.push(K.expand_dims(K.cast(valueMask, "bool"), -2));
    if (keyMask) masks.push(K.expand_dims(K.cast(keyMask, "bool"), -2));
    if (causal) masks.push(causalMask(queries, keys));
    if (this.sliding_window !== null) masks.push(windowMask(queries, keys, this.sliding_window));
    if (attentionMask) masks.push(K.cast(attentionMask, "bool"));
    return masks.length === 0 ? null : masks.reduce((a, b) => K.logical_and(a, b));
  }
}

/** A band `[1, T, S]` of keys nearer than a width. */
function windowMask(queries: number, keys: number, width: number): Tensor {
  const rows = K.reshape(K.arange(queries, null, null, "int32"), [1, queries, 1]);
  const columns = K.reshape(K.arange(keys, null, null, "int32"), [1, 1, keys]);
  return K.less(K.abs(K.subtract(rows, columns)), width);
}

/** A mask with axes for the heads, behind the batch's. */
export function withHeads(mask: Tensor, rank: number, axis: number): Tensor {
  let wide = mask;
  while (wide.ndim < rank) wide = K.expand_dims(wide, axis);
  return K.cast(wide, "bool");
}
