import type { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import { complex } from "../shape/parts.js";
import { cos } from "./cos.js";
import { mul } from "./mul.js";
import { sin } from "./sin.js";

/** abs·(cos angle + i·sin angle): complex numbers from modulus and angle. */
export const polar = defineOp({
  name: "polar",
  inputs: ["abs", "angle"],
  dtype: "given",
  broadcasts: true,
  run: ([abs, angle]) => {
    const part = (row: typeof cos): Strided =>
      mul.run([abs as Strided, row.run([angle as Strided], undefined) as Strided], undefined) as Strided;
    return complex.run([part(cos), part(sin)], undefined);
  },
  saves: ["abs", "angle"],
  vjp: (gy, { abs, angle }, { needs }) => {
    const [re, im] = [gy.real(), gy.imag()];
    const [c, s] = [angle.cos(), angle.sin()];
    return {
      abs: needs(0) ? re.mul(c).add(im.mul(s)) : null,
      angle: needs(1) ? im.mul(c).sub(re.mul(s)).mul(abs) : null,
    };
  },
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
    },
    { inputs: [[2, 3], [3]] },
  ],
});
