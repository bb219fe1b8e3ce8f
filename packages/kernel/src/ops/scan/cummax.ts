import { type AlongParams, type AlongSpec, along } from "../engines/lines.js";

/** Writes the running extreme and where it stands: the last of several equal ones, and the first NaN for good. */
const running =
  (sign: 1 | -1) =>
  (x: Float64Array, [y, index]: readonly Float64Array[]): void => {
    let at = 0;
    for (let i = 0; i < x.length; i++) {
      const [e, m] = [x[i]!, x[at]!];
      // A later NaN replaces an earlier one as equal elements do.
      if (Number.isNaN(e) || (!Number.isNaN(m) && (sign === 1 ? e >= m : e <= m))) at = i;
      y![i] = x[at]!;
      index![i] = at;
    }
  };

const facts = {
  outputs: ["y", "index"],
  dtypes: ["same", "index"],
  bigint: "reference",
  saves: ["index"],
  vjps: ({ y: gy }, { index }, { params, shape }) => ({
    x: gy && (shape(0).length === 0 ? gy : gy.full(shape(0), 0).scatterAdd(index, gy, params)),
  }),
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0 } },
    { inputs: [[]], params: { dim: 0 } },
  ],
} as const satisfies Partial<AlongSpec<AlongParams, "y" | "index", "index">>;

/** The largest element so far along an axis, and where it stands. */
export const cummax = along<AlongParams, "y" | "index", "index">({
  ...facts,
  name: "cummax",
  reference: running(1),
});

/** The smallest element so far along an axis, and where it stands. */
export const cummin = along<AlongParams, "y" | "index", "index">({
  ...facts,
  name: "cummin",
  reference: running(-1),
});
