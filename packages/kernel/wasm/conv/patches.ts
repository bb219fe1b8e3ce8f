import { turn } from "../gemm/product";
import { Geometry } from "./geometry";
import { placeOf, stepW } from "./image";
import { offsetOf, runOf } from "./taps";

/* Patches of an image, packed as the operands of the matrix product take them. */

/**
 * Positions p … p + count − 1, at most twelve, as one panel of the right operand: elements k0 … k0 + kc − 1 of their
 * patches.
 */
export function patchPanel(
  g: Geometry,
  image: usize,
  taps: usize,
  k0: i32,
  kc: i32,
  p: i32,
  count: i32,
  out: usize,
): void {
  const vectors = (count + 3) >> 2;
  const to = <usize>vectors << 4;
  const first = taps + (<usize>k0 << 3);
  const end = first + (<usize>kc << 3);
  const near = g.sw * stepW == 4;
  const left = g.ow - p % g.ow;
  if (near && vectors == 3 && left >= count) {
    const a = image + placeOf(g, p);
    for (let t = first; t < end; t += 8) {
      const at = a + load<i32>(t);
      v128.store(out, v128.load(at));
      v128.store(out, v128.load(at, 16), 16);
      v128.store(out, v128.load(at, 32), 32);
      out += 48;
    }
    return;
  }
  for (let v = 0; v < vectors; v++) {
    const q = p + (v << 2);
    const there = min(4, count - (v << 2));
    const here = g.ow - q % g.ow;
    const a = image + placeOf(g, q);
    let o = out + (<usize>v << 4);
    if (near && here >= there)
      for (let t = first; t < end; t += 8) {
        v128.store(o, v128.load(a + load<i32>(t)));
        o += to;
      }
    else if (near && here + g.ow >= there) {
      // The next row's run is read so that its first element stands behind the last of this one.
      const b = image + placeOf(g, q + here) - (<usize>here << 2);
      const own = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(here));
      for (let t = first; t < end; t += 8) {
        const k = load<i32>(t);
        v128.store(o, v128.bitselect(v128.load(a + k), v128.load(b + k), own));
        o += to;
      }
    } else {
      const b = image + placeOf(g, q + min(1, there - 1));
      const c = image + placeOf(g, q + min(2, there - 1));
      const d = image + placeOf(g, q + there - 1);
      for (let t = first; t < end; t += 8) {
        const k = load<i32>(t);
        store<f32>(o, load<f32>(a + k));
        store<f32>(o, load<f32>(b + k), 4);
        store<f32>(o, load<f32>(c + k), 8);
        store<f32>(o, load<f32>(d + k), 12);
        o += to;
      }
    }
  }
}

/** Positions p … p + rows − 1 as rows of the left operand: elements k0 … k0 + kc − 1 of their patches. */
export function patchRows(
  g: Geometry,
  image: usize,
  taps: usize,
  k0: i32,
  kc: i32,
  p: i32,
  rows: i32,
  out: usize,
): void {
  for (let i = 0; i < rows; i += 3) {
    const r0 = image + placeOf(g, p + i);
    const r1 = image + placeOf(g, p + min(i + 1, rows - 1));
    const r2 = image + placeOf(g, p + min(i + 2, rows - 1));
    let k = k0;
    const end = k0 + kc;
    while (k < end) {
      const o = offsetOf(taps, k);
      let a = r0 + o;
      let b = r1 + o;
      let c = r2 + o;
      let run = min(runOf(taps, k), end - k);
      k += run;
      for (; run >= 4; run -= 4) {
        const x = v128.load(a);
        const y = v128.load(b);
        const z = v128.load(c);
        const s = v128.shuffle<f32>(x, y, 0, 2, 4, 6);
        const t = v128.shuffle<f32>(y, z, 1, 3, 5, 7);
        const u = v128.shuffle<f32>(z, x, 0, 2, 5, 7);
        v128.store(out, v128.shuffle<f32>(s, u, 0, 2, 4, 6));
        v128.store(out, v128.shuffle<f32>(t, s, 0, 2, 5, 7), 16);
        v128.store(out, v128.shuffle<f32>(u, t, 1, 3, 5, 7), 32);
        a += 16;
        b += 16;
        c += 16;
        out += 48;
      }
      for (; run > 0; run--) {
        store<f32>(out, load<f32>(a));
        store<f32>(out, load<f32>(b), 4);
        store<f32>(out, load<f32>(c), 8);
        a += 4;
        b += 4;
        c += 4;
        out += 12;
      }
    }
  }
}

/**
 * Patches of positions p … p + count − 1 as the summed axis of a right operand, whose columns are the patches' elements;
 * panels have `wide` steps, filled from step `q0` on.
 */
export function patchColumns(
  g: Geometry,
  image: usize,
  taps: usize,
  patch: i32,
  p: i32,
  count: i32,
  out: usize,
  wide: i32,
  q0: i32,
): void {
  const near = g.sw * stepW == 4;
  const step = <usize>(g.sw * stepW);
  for (let k = 0; k < patch; k += 12) {
    const vectors = min(3, (patch - k + 3) >> 2);
    const to = <usize>vectors << 4;
    for (let v = 0; v < vectors; v++) {
      const e = k + (v << 2);
      const o0 = offsetOf(taps, e);
      const o1 = offsetOf(taps, min(e + 1, patch - 1));
      const o2 = offsetOf(taps, min(e + 2, patch - 1));
      const o3 = offsetOf(taps, min(e + 3, patch - 1));
      let at = out + (<usize>v << 4) + <usize>q0 * to;
      for (let q = p; q < p + count; ) {
        let a = image + placeOf(g, q);
        let left = min(g.ow - q % g.ow, p + count - q);
        q += left;
        if (near)
          for (; left >= 4; left -= 4) {
            turn<f32>(a + o0, a + o1, a + o2, a + o3, at, to);
            a += 16;
            at += to << 2;
          }
        for (; left > 0; left--) {
          store<f32>(at, load<f32>(a + o0));
          store<f32>(at, load<f32>(a + o1), 4);
          store<f32>(at, load<f32>(a + o2), 8);
          store<f32>(at, load<f32>(a + o3), 12);
          a += step;
          at += to;
        }
      }
    }
    out += <usize>wide * to;
  }
}

/** {@link patchColumns} for a left operand, whose rows are the patches' elements; `out` is where the first step stands. */
export function patchTriples(
  g: Geometry,
  image: usize,
  taps: usize,
  patch: i32,
  p: i32,
  count: i32,
  out: usize,
  wide: i32,
): void {
  const step = <usize>(g.sw * stepW);
  for (let k = 0; k < patch; k += 3) {
    const o0 = offsetOf(taps, k);
    const o1 = offsetOf(taps, min(k + 1, patch - 1));
    const o2 = offsetOf(taps, min(k + 2, patch - 1));
    const run = runOf(taps, k);
    let at = out;
    for (let q = p; q < p + count; ) {
      let a = image + placeOf(g, q);
      let left = min(g.ow - q % g.ow, p + count - q);
      q += left;
      // The last one is left to scalars: behind it stands what another image's call has packed.
      if (run >= 3)
        for (; left > 1; left--) {
          v128.store(at, v128.load(a + o0));
          a += step;
          at += 12;
        }
      for (; left > 0; left--) {
        store<f32>(at, load<f32>(a + o0));
        store<f32>(at, load<f32>(a + o1), 4);
        store<f32>(at, load<f32>(a + o2), 8);
        a += step;
        at += 12;
      }
    }
    out += <usize>(wide * 12);
  }
}
