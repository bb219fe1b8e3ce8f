import { pyClass } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { string } from "../core/dtypes.js";
import type { Tensor } from "../shared.js";

/** A file that belongs to a model. */
export class AssetImpl {
  private readonly _path: Tensor;
  constructor(path: unknown) {
    this._path = toTensor(path, { dtype: string });
  }
  /** The path as a tensor. */
  get asset_path(): Tensor {
    return this._path;
  }
}
/** `tf.saved_model.Asset`. */
export const Asset = pyClass("tensorflow.python.trackable.asset.Asset", "path", AssetImpl);
