import { float32, float64, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call } from "@cognate/tensor";
import { reword } from "../errors.js";
import { scalarName } from "../promotion.js";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { castValue, valueOf } from "./operands.js";
import { writeOut } from "./out.js";
import { unimplemented } from "./refuse.js";
import { checkOf } from "./signatures.js";

const checkTensors = checkOf("polar");

/** abs·(cos angle + i·sin angle). @throws RuntimeError for types other than float32 and float64, and unlike ones */
export const polar = def(
  "torch.polar",
  "abs angle * out",
  (abs: TensorLike, angle: TensorLike, out: Tensor | null = null): Tensor => {
    checkTensors(abs, angle);
    const given = [valueOf(abs), valueOf(angle)] as const;
    const float = given.find((x) => x.dtype.kind === "float")?.dtype ?? float32;
    const [r, a] = given.map((x) => (x.weak ? castValue(x, float) : x)) as [
      (typeof given)[0],
      (typeof given)[0],
    ];
    if (r.dtype.kind !== "float" || a.dtype.kind !== "float")
      throw new RuntimeError(
        `Expected both inputs to be Half, Float or Double tensors but got ${scalarName(r.dtype)} and ${scalarName(a.dtype)}`,
      );
    if (r.dtype !== a.dtype)
      throw new RuntimeError(
        `Expected object of scalar type ${scalarName(r.dtype)} but got scalar type ${scalarName(a.dtype)} for second argument`,
      );
    if (r.dtype !== float32 && r.dtype !== float64) throw unimplemented("polar_cpu")(r.dtype);
    try {
      const y = call(ops.polar, [r, a], undefined);
      return out ? writeOut(out, y, "polar", [r, a]) : wrap(y);
    } catch (e) {
      throw reword(e, "polar");
    }
  },
);
