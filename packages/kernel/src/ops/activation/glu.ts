import { ParamError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import type { Strided } from "../../strided/strided.js";
import { mul } from "../elementwise/mul.js";
import { sigmoid } from "../elementwise/sigmoid.js";
import type { AlongParams } from "../engines/lines.js";
import { defineOp } from "../row.js";

/** a·sigmoid(b), a and b the halves of x along `dim`. @throws ParamError for an odd length */
export const glu = defineOp({
  name: "glu",
  inputs: ["x"],
  dtype: "float",
  run: ([operand], params: AlongParams) => {
    const x = operand as Strided;
    const dim = normalizeAxis("glu", params.dim, x.rank);
    const n = x.shape[dim]!;
    if (n % 2 !== 0) throw new ParamError("glu", "dim", params.dim, `an axis of even length, not ${n}`);
    const half = x.shape.map((m, d) => (d === dim ? n / 2 : m));
    const a = x.view(half, x.strides);
    const b = x.view(half, x.strides, x.offset + (n / 2) * x.strides[dim]!);
    return mul.run([a, sigmoid.run([b], undefined) as Strided], undefined);
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    const dim = params.dim < 0 ? params.dim + x.shape.length : params.dim;
    const n = x.shape[dim]! / 2;
    const a = x.slice({ dim, start: 0, length: n, step: 1 });
    const s = x.slice({ dim, start: n, length: n, step: 1 }).sigmoid();
    const gb = gy.mul(a).mul(s).mul(s.neg().add(1));
    return { x: gy.mul(s).cat([gb], { dim }) };
  },
  samples: [
    { inputs: [[4, 3]], params: { dim: 0 } },
    { inputs: [[3, 2]], params: { dim: -1 } },
  ],
  source: "Dauphin et al., Language modeling with gated convolutional networks (2017)",
});
