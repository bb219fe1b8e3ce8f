import { castTo, type DType, float32, float64 } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { arraysIn } from "./layers/layer.js";

/** All arrays of a model in another element type, in place. */
function converted<M>(model: M, type: DType): M {
  for (const a of arraysIn(model)) a._swap(new Value(castTo(a._value.array, type)));
  return model;
}
/** `f64(m)`: the model with Float64 parameters. */
export const f64 = <M>(model: M): M => converted(model, float64);
/** `f32(m)`: the model with Float32 parameters. */
export const f32 = <M>(model: M): M => converted(model, float32);
