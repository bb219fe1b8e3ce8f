import type { Tensor } from "../../backend/tensor.js";
import type { DTypePolicyLike } from "../../dtype-policies/index.js";
import type { DataFormat } from "../../ops/nn/windows.js";
import { standardizeDataFormat } from "../arguments.js";
import { InputSpec } from "../input-spec.js";
import { stock } from "../stock.js";
import { DropoutImpl } from "./dropout.js";

abstract class SpatialDropout extends DropoutImpl {
  declare readonly data_format: string;

  override _noise(inputs: Tensor): readonly number[] {
    const { shape } = inputs;
    const channels = this.data_format === "channels_first" ? 1 : shape.length - 1;
    return shape.map((n, i) => (i === 0 || i === channels ? n : 1));
  }
  override get_config(): Record<string, unknown> {
    const { rate, seed, name, dtype } = this as unknown as Record<string, unknown>;
    return { rate, seed, name, dtype };
  }
}

class SpatialDropout1DImpl extends SpatialDropout {
  constructor(
    rate: number,
    seed: number | null = null,
    name: string | null = null,
    dtype: DTypePolicyLike | null = null,
  ) {
    super(rate, null, seed, { name, dtype });
    this._take({ data_format: "channels_last" });
    this.input_spec = InputSpec({ ndim: 3 });
  }
}

/** The class for two or three axes. */
function spatial(rank: number) {
  return class extends SpatialDropout {
    constructor(
      rate: number,
      data_format: DataFormat = null,
      seed: number | null = null,
      name: string | null = null,
      dtype: DTypePolicyLike | null = null,
    ) {
      super(rate, null, seed, { name, dtype });
      this._take({ data_format: standardizeDataFormat(data_format) });
      this.input_spec = InputSpec({ ndim: rank + 2 });
    }
    override get_config(): Record<string, unknown> {
      return { ...super.get_config(), data_format: this.data_format };
    }
  };
}

const call = { call: "inputs training=false" };
/** `keras.layers.SpatialDropout1D`: whole channels are dropped over an axis. */
export const SpatialDropout1D = stock(
  "regularization.spatial_dropout.SpatialDropout1D",
  "rate seed name dtype",
  SpatialDropout1DImpl,
  call,
);
export type SpatialDropout1D = SpatialDropout1DImpl;
/** `keras.layers.SpatialDropout2D`: whole channels are dropped over two axes. */
export const SpatialDropout2D = stock(
  "regularization.spatial_dropout.SpatialDropout2D",
  "rate data_format seed name dtype",
  spatial(2),
  call,
);
export type SpatialDropout2D = InstanceType<typeof SpatialDropout2D>;
/** `keras.layers.SpatialDropout3D`: whole channels are dropped over three axes. */
export const SpatialDropout3D = stock(
  "regularization.spatial_dropout.SpatialDropout3D",
  "rate data_format seed name dtype",
  spatial(3),
  call,
);
export type SpatialDropout3D = InstanceType<typeof SpatialDropout3D>;
