import { KerasTensor } from "../../backend/keras-tensor.js";
import type { CallArguments } from "../../call-signature.js";
import * as tree from "../../tree.js";
import { type LayerOptions, StockLayer, stock } from "../stock.js";

export class IdentityImpl extends StockLayer {
  constructor(options: LayerOptions = {}) {
    super(options);
    this.supports_masking = true;
    this._build_at_init();
  }
  override call<X>(inputs: X): X {
    return inputs;
  }
  override compute_output_shape<S>(input_shape: S): S {
    return input_shape;
  }
  override _spec(call: CallArguments): unknown {
    return tree.map(
      (x: KerasTensor) => new KerasTensor(x.shape, x.dtype, null, x.record_history),
      call.args[0],
    );
  }
}

/** `keras.layers.Identity`: gives its inputs. */
export const Identity = stock("core.identity.Identity", "**kwargs", IdentityImpl);
export type Identity = IdentityImpl;
