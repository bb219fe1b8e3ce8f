import { def, nameClass } from "@cognate/py";
import type { DTypeLike } from "./dtype.js";
import { KerasTensor } from "./keras-tensor.js";
import type { Shape } from "./shape.js";

const make = def(
  "KerasTensor.__init__",
  "shape dtype sparse ragged record_history name",
  (
    shape: Shape,
    dtype: DTypeLike | null = "float32",
    _sparse = false,
    _ragged = false,
    record_history = true,
    name: string | null = null,
  ): KerasTensor => new KerasTensor(shape, dtype, name, record_history),
);

/** `keras.KerasTensor` as users call it: with or without `new`, by position or by name. */
const SymbolicTensor = new Proxy(KerasTensor, {
  apply: (_target, _self, args: Parameters<typeof make>) => make(...args),
  construct: (_target, args: Parameters<typeof make>) => make(...args),
}) as unknown as typeof make & (new (...args: Parameters<typeof make>) => KerasTensor);
nameClass("keras.src.backend.common.keras_tensor.KerasTensor", SymbolicTensor);

type SymbolicTensor = KerasTensor;

export { SymbolicTensor as KerasTensor };
