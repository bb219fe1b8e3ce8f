import { panel_dots, panel_rbf } from "../rows/panels";
import { POWERS } from "../precise/tables";

/** Where the powers for `exp` have to stand. */
export function powers_f64(): usize {
  return POWERS;
}

/**
 * out[j] = K(xᵢ, xⱼ) for from ≤ j < to, float32, of rows in panels of eight; Gaussian where `squares` is given. There is room
 * for `to − from` float64 at `work`.
 */
export function kernel_row(
  data: usize,
  width: i32,
  i: i32,
  from: i32,
  to: i32,
  out: usize,
  squares: usize,
  gamma: f64,
  work: usize,
): void {
  if (squares) panel_rbf(data, width, i, from, to, work, squares, gamma);
  else panel_dots(data, width, i, from, to, work);
  let j = from;
  for (; j + 2 <= to; j += 2) {
    v128.store64_lane(out, f32x4.demote_f64x2_zero(v128.load(work)), 0);
    work += 16;
    out += 8;
  }
  if (j < to) store<f32>(out, <f32>load<f64>(work));
}
