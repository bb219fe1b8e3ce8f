import type { shapeToProto } from "@cognate/formats";
import { ValueError } from "@cognate/py";
import { typeNumbered } from "../core/dtypes.js";
import type { Dims } from "../core/row.js";
import { get_default_graph } from "../graph/current.js";
import type { Graph } from "../graph/graph.js";
import { protoOfDims } from "../saved/attributes.js";
import type { DType } from "../shared.js";
import { v1 } from "./make.js";

/* `tf.saved_model`: the inputs and outputs of a model by their names. */

/** What a signature says about a tensor. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly tensor_shape: ReturnType<typeof shapeToProto>;
}
type Infos = Readonly<Record<string, TensorInfo>>;
export interface Signature {
  readonly inputs: Infos;
  readonly outputs: Infos;
  readonly method_name: string;
}
export interface Named {
  readonly name: string;
  readonly dtype: DType;
  readonly _dims?: Dims;
  readonly shape: { readonly _dims?: Dims };
}
export const build_tensor_info = v1(
  "build_tensor_info",
  "tensor",
  (tensor: Named): TensorInfo => ({
    name: tensor.name,
    dtype: tensor.dtype.as_datatype_enum as number,
    tensor_shape: protoOfDims(
      (tensor._dims === undefined ? tensor.shape._dims : tensor._dims) ?? null,
    ) as never,
  }),
);
export const get_tensor_from_tensor_info = v1(
  "get_tensor_from_tensor_info",
  "tensor_info graph import_scope",
  (tensor_info: TensorInfo, graph: Graph | null = null, import_scope: string | null = null): unknown =>
    (graph ?? get_default_graph()).get_tensor_by_name(
      `${import_scope ? `${import_scope}/` : ""}${tensor_info.name}`,
    ),
);
export const build_signature_def = v1(
  "build_signature_def",
  "inputs:dict outputs:dict method_name defaults",
  (
    inputs: Infos | null = null,
    outputs: Infos | null = null,
    method_name: string | null = null,
  ): Signature => ({
    inputs: inputs ?? {},
    outputs: outputs ?? {},
    method_name: method_name ?? "",
  }),
);
const infos = (tensors: Readonly<Record<string, Named>>): Infos =>
  Object.fromEntries(
    Object.entries(tensors).map(([k, t]) => [k, build_tensor_info(t as never) as TensorInfo]),
  );
export const predict_signature_def = v1(
  "predict_signature_def",
  "inputs:dict outputs:dict",
  (inputs: Readonly<Record<string, Named>>, outputs: Readonly<Record<string, Named>>): Signature => {
    if (!inputs || Object.keys(inputs).length === 0)
      throw new ValueError("Prediction `inputs` cannot be None or empty.");
    if (!outputs || Object.keys(outputs).length === 0)
      throw new ValueError("Prediction `outputs` cannot be None or empty.");
    return { inputs: infos(inputs), outputs: infos(outputs), method_name: "tensorflow/serving/predict" };
  },
);
export const regression_signature_def = v1(
  "regression_signature_def",
  "examples predictions",
  (examples: Named, predictions: Named): Signature => {
    if (!examples) throw new ValueError("Regression `examples` cannot be None.");
    if (!predictions) throw new ValueError("Regression `predictions` cannot be None.");
    if (examples.dtype.name !== "string")
      throw new ValueError("Regression input tensors must be of type string. ");
    if (predictions.dtype.name !== "float32")
      throw new ValueError("Regression output tensors must be of type float. ");
    return {
      inputs: infos({ inputs: examples }),
      outputs: infos({ outputs: predictions }),
      method_name: "tensorflow/serving/regress",
    };
  },
);
export const classification_signature_def = v1(
  "classification_signature_def",
  "examples classes scores",
  (examples: Named, classes: Named | null, scores: Named | null): Signature => {
    if (!examples) throw new ValueError("Classification `examples` cannot be None.");
    if (classes === null && scores === null)
      throw new ValueError("Classification `classes` and `scores` cannot both be None.");
    return {
      inputs: infos({ inputs: examples }),
      outputs: infos({ ...(classes ? { classes } : {}), ...(scores ? { scores } : {}) }),
      method_name: "tensorflow/serving/classify",
    };
  },
);
const typeOf = (t: TensorInfo | undefined): string | undefined => t && typeNumbered(t.dtype)?.name;
export const is_valid_signature = (s: Signature | null): boolean => {
  if (s === null) return false;
  if (s.method_name === "tensorflow/serving/predict")
    return Object.keys(s.inputs).length > 0 && Object.keys(s.outputs).length > 0;
  const text = typeOf(s.inputs.inputs) === "string";
  if (s.method_name === "tensorflow/serving/regress") return text && typeOf(s.outputs.outputs) === "float32";
  return s.method_name === "tensorflow/serving/classify" && text && Object.keys(s.outputs).length > 0;
};
