import { freezeInto, repr, Tuple } from "@cognate/py";
import { as_dtype, int32, type TypeLike } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast } from "../math.js";

export const top_k = def(
  "tensorflow.math.top_k",
  "input k sorted index_type name",
  (
    input: Data,
    k: number | Tensor = 1,
    sorted = true,
    index_type: TypeLike = int32,
    name: Name = null,
  ): TopK => {
    const [values, indices] = op("TopKV2", [input, k], { sorted, index_type: as_dtype(index_type) }, name);
    return topKPair(values!, as_dtype(index_type) === int32 ? indices! : cast(indices!, index_type));
  },
);
export type TopK = Tuple<Tensor> & { readonly values: Tensor; readonly indices: Tensor };
function topKPair(values: Tensor, indices: Tensor): TopK {
  const t = new NamedPair(values, indices);
  return t as unknown as TopK;
}
class NamedPair extends Tuple<Tensor> {
  declare readonly values: never;
  declare readonly indices: Tensor;
  constructor(values: Tensor, indices: Tensor) {
    super();
    Object.defineProperty(this, "values", { value: values });
    Object.defineProperty(this, "indices", { value: indices });
    freezeInto(this, [values, indices]);
  }
  override __repr__(): string {
    return `TopKV2(values=${repr(this[0])}, indices=${repr(this[1])})`;
  }
}
export const in_top_k = def(
  "tensorflow.math.in_top_k",
  "targets predictions k name",
  (targets: Data, predictions: Data, k: number | Tensor, name: Name = null): Tensor =>
    one("InTopKV2", [predictions, targets, k], {}, name),
);
