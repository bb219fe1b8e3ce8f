import { ImportError, repr, ValueError } from "@cognate/py";
import { fromKernel } from "../backend/dtype.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor } from "../backend/tensor.js";
import { Variable } from "../backend/variable.js";
import type { CallArguments } from "../call-signature.js";
import { hide } from "../hide.js";
import * as tree from "../tree.js";
import { type LayerOptions, StockLayer, stock } from "./stock.js";

type Endpoint = (...args: unknown[]) => unknown;
/** A folder of TensorFlow's as a program that runs, with what it tells of itself. */
export interface RunnableModel {
  readonly signatures: Readonly<Record<string, Endpoint>>;
  readonly variables: Readonly<Record<string, Tensor>>;
}
let load: ((folder: string) => RunnableModel) | null = null;
/** Tells layers how folders of TensorFlow's are run; what does it knows TensorFlow's operations. */
export function setSavedModelLoader(f: (folder: string) => RunnableModel): void {
  load = f;
}

export class TFSMLayerImpl extends StockLayer {
  declare readonly filepath: string;
  declare readonly call_endpoint: string;
  declare readonly call_training_endpoint: string | null;
  declare private readonly _fn: Endpoint;
  declare private readonly _trainingFn: Endpoint | null;

  constructor(
    filepath: string,
    call_endpoint = "serve",
    call_training_endpoint: string | null = null,
    trainable = true,
    name: string | null = null,
    dtype: LayerOptions["dtype"] = null,
  ) {
    super({ trainable, name, dtype });
    if (load === null)
      throw new ImportError(
        "A `TFSMLayer` runs TensorFlow's operations, which are part of `@cognate/tf`: import it before.",
      );
    const model = load(filepath);
    this._take({ filepath, call_endpoint, call_training_endpoint });
    hide(
      this,
      "_fn",
      endpointOf(model, call_endpoint, " Select another endpoint via the `call_endpoint` argument."),
    );
    hide(
      this,
      "_trainingFn",
      call_training_endpoint === null ? null : endpointOf(model, call_training_endpoint, ""),
    );
    for (const [own, value] of Object.entries(model.variables))
      if (value.dtype.is_floating)
        this._track_variable(
          new Variable(value, {
            trainable: false,
            name: `${own.replaceAll("/", "_")}:0`,
            dtype: value.dtype.name,
          }),
        );
    this._build_at_init();
  }
  override call(inputs: unknown, training = false): unknown {
    return (training && this._trainingFn ? this._trainingFn : this._fn)(inputs);
  }
  /** Symbolic outputs by what the program gives for inputs with one sample. */
  override _spec({ args, kwargs }: CallArguments): unknown {
    const given = args[0] ?? kwargs.inputs;
    const record = (tree.flatten(given) as KerasTensor[]).every((x) => x.record_history);
    const zeros = tree.map((x: KerasTensor) => {
      const shape = x.shape.map((n) => n ?? 1);
      return new Variable("zeros" as never, { shape, dtype: x.dtype, trainable: false }).value;
    }, given);
    return tree.map((y: Tensor) => {
      const [, ...rest] = y.shape;
      return new KerasTensor([null, ...rest], fromKernel(y._value.dtype).name, null, record);
    }, this.call(zeros));
  }
}

/** A function of a folder by its name, or by that of a signature. @throws ValueError where there is none */
function endpointOf(model: RunnableModel, name: string, hint: string): Endpoint {
  const own = (model as unknown as Record<string, unknown>)[name];
  if (typeof own === "function") return own as Endpoint;
  const signature = model.signatures[name];
  if (signature) return signature;
  throw new ValueError(
    `The endpoint '${name}' is neither an attribute of the reloaded SavedModel, nor an entry in the \`signatures\` field of the reloaded SavedModel.${hint} Available endpoints for this SavedModel: ${repr(Object.keys(model.signatures))}`,
  );
}

/**
 * `keras.layers.TFSMLayer`: a folder of TensorFlow's (`model.export`, a SavedModel) as a layer that computes what its
 * program does; needs `@cognate/tf`. Its weights are not trained.
 *
 * @param call_endpoint - the function or signature that is called, such as `"serving_default"`
 * @throws ImportError without `@cognate/tf`, ValueError for another endpoint
 */
export const TFSMLayer = stock(
  "export.tfsm_layer.TFSMLayer",
  "filepath call_endpoint call_training_endpoint trainable name dtype",
  TFSMLayerImpl,
  { call: "inputs training=false", config: "filepath call_endpoint call_training_endpoint" },
);
export type TFSMLayer = TFSMLayerImpl;
