import { broadcastTo } from "../../strided/broadcast.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** x stretched to a larger shape by repeating axes of length 1, without copying. */
export const expand = defineOp({
  name: "expand",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([x], { shape }: { shape: Shape }) => broadcastTo(x as Strided, shape),
  vjp: (gy, _saved, { shape }) => ({ x: gy.sumTo(shape(0)) }),
  samples: [{ inputs: [[3, 1]], params: { shape: [2, 3, 4] } }],
});
