import { isTensor, toTensor } from "../core/convert.js";
import { float32, int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { broadcast_to, gather } from "./array.js";
import { eye } from "./create.js";
import { band_part, diag_part, set_diag, triangular_solve } from "./linalg.js";
import { type Data, def, type Name } from "./make.js";

/* Linear systems of matrices that are factored already. */

const lengths = (x: Tensor): number[] => [...x.shape] as number[];

/** The solution of A·x = rhs from the factors of A: `lower_upper` [..., n, n], `perm` [..., n], `rhs` [..., n, m]. */
export const lu_solve = def(
  "tensorflow.linalg.lu_solve",
  "lower_upper perm rhs validate_args name",
  (lower_upper: Data, perm: Data, rhs: Data, _validate = false, _name: Name = null): Tensor => {
    const lu = toTensor(lower_upper, { hint: float32 });
    const order = toTensor(perm, { hint: int32 });
    let right = toTensor(rhs, isTensor(rhs) ? {} : { hint: lu.dtype });
    const [n, m] = lengths(right).slice(-2) as [number, number];
    const [a, b] = [lengths(right).slice(0, -2), lengths(order).slice(0, -1)];
    const lead = a.length > b.length ? a : b;
    right = broadcast_to(right, [...lead, n, m]);
    const rows = broadcast_to(order, [...lead, n]);
    const permuted = gather(right, rows, null, null, lead.length);
    const lower = set_diag(band_part(lu, -1, 0), one("OnesLike", [diag_part(lu)]));
    return triangular_solve(lu, triangular_solve(lower, permuted), false);
  },
);

/** The inverse of A from its factors. */
export const lu_matrix_inverse = def(
  "tensorflow.linalg.lu_matrix_inverse",
  "lower_upper perm validate_args name",
  (lower_upper: Data, perm: Data, _validate = false, _name: Name = null): Tensor => {
    const lu = toTensor(lower_upper, { hint: float32 });
    const shape = lengths(lu);
    return lu_solve(lu, perm, eye(shape.at(-1)!, null, shape.slice(0, -2), lu.dtype));
  },
);
