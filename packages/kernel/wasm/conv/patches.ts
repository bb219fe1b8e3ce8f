import { Geometry } from "./geometry";

/* Patches of images, laid out for the matrix product: eight positions side by side, or whole rows. */

/** Lanes `from` … `from` + 3 of a run that starts at column x: those inside of 0 … width − 1 and of lo … hi − 1. */
// @ts-ignore: decorator
@inline
function inside(lanes: v128, x: i32, width: i32, lo: i32, hi: i32): v128 {
  const columns = i32x4.add(lanes, i32x4.splat(x));
  const there = v128.and(i32x4.ge_s(columns, i32x4.splat(0)), i32x4.lt_s(columns, i32x4.splat(width)));
  return v128.and(there, v128.and(i32x4.ge_s(lanes, i32x4.splat(lo)), i32x4.lt_s(lanes, i32x4.splat(hi))));
}

/** Byte offsets of the elements of a patch from its first one. */
export function patch_offsets(g: Geometry, out: usize): void {
  for (let c = 0; c < g.inChannels; c++)
    for (let d = 0; d < g.kd; d++)
      for (let h = 0; h < g.kh; h++)
        for (let w = 0; w < g.kw; w++) {
          store<i32>(out, (c * g.xc + d * g.dd * g.xd + h * g.dh * g.xh + w * g.dw * g.xw) << 2);
          out += 4;
        }
}

/** Whether patches whose first elements stand in plane z, row y, columns x … x + count − 1 lie wholly inside. */
// @ts-ignore: decorator
@inline
function whole(g: Geometry, z: i32, y: i32, x: i32, count: i32): bool {
  return (
    z >= 0 &&
    y >= 0 &&
    x >= 0 &&
    z + (g.kd - 1) * g.dd < g.id &&
    y + (g.kh - 1) * g.dh < g.ih &&
    x + (g.kw - 1) * g.dw + count <= g.iw
  );
}

/**
 * Packs elements k0 … k0 + kc − 1 of the patches of positions p0 … p0 + n − 1 into panels of eight positions, as the
 * matrix product takes its right operand. `x` is the first element of the group's channels in one image.
 */
export function pack_patches(g: Geometry, x: usize, k0: i32, kc: i32, p0: i32, n: i32, offsets: usize, out: usize): void {
  const volume = g.kd * g.kh * g.kw;
  const straight = g.sw == 1 && g.xw == 1;
  for (let j = 0; j < n; j += 8) {
    const p = p0 + j;
    const there = min(8, n - j);
    const ow = p % g.ow;
    const row = p / g.ow;
    const oh = row % g.oh;
    const od = row / g.oh;
    // How many of the eight lie in this row of results; the others lie in the next, if rows are that long.
    const first = min(there, g.ow - ow);
    const nextH = oh + 1 < g.oh ? oh + 1 : 0;
    const nextD = oh + 1 < g.oh ? od : od + 1;
    const vector = straight && there - first <= g.ow;
    if (vector && there == 8) {
      const z = od * g.sd - g.pd;
      const y = oh * g.sh - g.ph;
      const left = ow - g.pw;
      if (whole(g, z, y, left, first)) {
        const from = x + ((z * g.xd + y * g.xh + left) << 2);
        let o = offsets + (<usize>k0 << 2);
        if (first == 8) {
          for (const end = o + (<usize>kc << 2); o < end; o += 4) {
            const at = from + load<i32>(o);
            v128.store(out, v128.load(at));
            v128.store(out, v128.load(at, 16), 16);
            out += 32;
          }
          continue;
        }
        const z2 = nextD * g.sd - g.pd;
        const y2 = nextH * g.sh - g.ph;
        if (whole(g, z2, y2, -g.pw, 8 - first)) {
          // The second row's run is read so that its first element stands in lane `first`.
          const next = x + ((z2 * g.xd + y2 * g.xh - g.pw - first) << 2);
          const lo = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(first));
          const hi = i32x4.lt_s(i32x4(4, 5, 6, 7), i32x4.splat(first));
          for (const end = o + (<usize>kc << 2); o < end; o += 4) {
            const step = load<i32>(o);
            v128.store(out, v128.bitselect(v128.load(from + step), v128.load(next + step), lo));
            v128.store(out, v128.bitselect(v128.load(from + step, 16), v128.load(next + step, 16), hi), 16);
            out += 32;
          }
          continue;
        }
      }
    }
    let c = k0 / volume;
    let rest = k0 % volume;
    let kw = rest % g.kw;
    rest = rest / g.kw;
    let kh = rest % g.kh;
    let kd = rest / g.kh;
    for (let k = 0; k < kc; k++) {
      const channel = x + ((c * g.xc) << 2);
      if (vector) {
        const iz = od * g.sd - g.pd + kd * g.dd;
        const iy = oh * g.sh - g.ph + kh * g.dh;
        const ix = ow - g.pw + kw * g.dw;
        let lo = f32x4.splat(0);
        let hi = f32x4.splat(0);
        if (<u32>iz < <u32>g.id && <u32>iy < <u32>g.ih && ix > -8 && ix < g.iw) {
          const from = channel + ((iz * g.xd + iy * g.xh + ix) << 2);
          lo = v128.load(from);
          hi = v128.load(from, 16);
          if (first < 8 || ix < 0 || ix + 8 > g.iw) {
            lo = v128.and(lo, inside(i32x4(0, 1, 2, 3), ix, g.iw, 0, first));
            hi = v128.and(hi, inside(i32x4(4, 5, 6, 7), ix, g.iw, 0, first));
          }
        }
        if (first < there) {
          const jz = nextD * g.sd - g.pd + kd * g.dd;
          const jy = nextH * g.sh - g.ph + kh * g.dh;
          const jx = -first - g.pw + kw * g.dw;
          if (<u32>jz < <u32>g.id && <u32>jy < <u32>g.ih && jx > -8 && jx < g.iw) {
            const from = channel + ((jz * g.xd + jy * g.xh + jx) << 2);
            lo = v128.or(lo, v128.and(v128.load(from), inside(i32x4(0, 1, 2, 3), jx, g.iw, first, there)));
            hi = v128.or(hi, v128.and(v128.load(from, 16), inside(i32x4(4, 5, 6, 7), jx, g.iw, first, there)));
          }
        }
        v128.store(out, lo);
        v128.store(out, hi, 16);
      } else {
        let w = ow;
        let h = oh;
        let d = od;
        for (let l = 0; l < 8; l++) {
          let v: f32 = 0;
          if (l < there) {
            const iz = d * g.sd - g.pd + kd * g.dd;
            const iy = h * g.sh - g.ph + kh * g.dh;
            const ix = w * g.sw - g.pw + kw * g.dw;
            if (<u32>iz < <u32>g.id && <u32>iy < <u32>g.ih && <u32>ix < <u32>g.iw)
              v = load<f32>(channel + ((iz * g.xd + iy * g.xh + ix * g.xw) << 2));
            if (++w == g.ow) {
              w = 0;
              if (++h == g.oh) {
                h = 0;
                d++;
              }
            }
          }
          store<f32>(out + (<usize>l << 2), v);
        }
      }
      out += 32;
      if (++kw == g.kw) {
        kw = 0;
        if (++kh == g.kh) {
          kh = 0;
          if (++kd == g.kd) {
            kd = 0;
            c++;
          }
        }
      }
    }
  }
}

/** Writes the patches of positions p0 … p0 + n − 1 as rows: element k of all positions side by side, `n` apart. */
export function patch_rows(g: Geometry, x: usize, p0: i32, n: i32, out: usize): void {
  for (let c = 0; c < g.inChannels; c++)
    for (let kd = 0; kd < g.kd; kd++)
      for (let kh = 0; kh < g.kh; kh++)
        for (let kw = 0; kw < g.kw; kw++) {
          const channel = x + ((c * g.xc) << 2);
          let ow = p0 % g.ow;
          let row = p0 / g.ow;
          let left = n;
          while (left > 0) {
            const count = min(left, g.ow - ow);
            const iz = (row / g.oh) * g.sd - g.pd + kd * g.dd;
            const iy = (row % g.oh) * g.sh - g.ph + kh * g.dh;
            run_in(g, channel, iz, iy, ow * g.sw - g.pw + kw * g.dw, count, out);
            out += <usize>count << 2;
            left -= count;
            ow = 0;
            row++;
          }
        }
}

/** `count` neighbours of one row of an image from column ix on, zeros beyond it. */
function run_in(g: Geometry, channel: usize, iz: i32, iy: i32, ix: i32, count: i32, out: usize): void {
  let i = 0;
  if (<u32>iz < <u32>g.id && <u32>iy < <u32>g.ih) {
    const row = channel + ((iz * g.xd + iy * g.xh) << 2);
    for (; i < count && ix < 0; i++) {
      store<f32>(out + (<usize>i << 2), 0);
      ix += g.sw;
    }
    // How many of the rest lie inside.
    const valid = ix < g.iw ? min(count, i + (g.iw - 1 - ix) / g.sw + 1) : i;
    let from = row + ((ix * g.xw) << 2);
    if (g.sw == 1 && g.xw == 1)
      for (; i + 4 <= valid; i += 4) {
        v128.store(out + (<usize>i << 2), v128.load(from));
        from += 16;
      }
    const step = (g.sw * g.xw) << 2;
    for (; i < valid; i++) {
      store<f32>(out + (<usize>i << 2), load<f32>(from));
      from += step;
    }
  }
  for (; i < count; i++) store<f32>(out + (<usize>i << 2), 0);
}

/** Adds rows of patches, as {@link patch_rows} lays them out, back to where they were read. */
export function add_patch_rows(g: Geometry, x: usize, p0: i32, n: i32, rows: usize): void {
  for (let c = 0; c < g.inChannels; c++)
    for (let kd = 0; kd < g.kd; kd++)
      for (let kh = 0; kh < g.kh; kh++)
        for (let kw = 0; kw < g.kw; kw++) {
          const channel = x + ((c * g.xc) << 2);
          let ow = p0 % g.ow;
          let row = p0 / g.ow;
          let left = n;
          while (left > 0) {
            const count = min(left, g.ow - ow);
            const iz = (row / g.oh) * g.sd - g.pd + kd * g.dd;
            const iy = (row % g.oh) * g.sh - g.ph + kh * g.dh;
            let ix = ow * g.sw - g.pw + kw * g.dw;
            if (<u32>iz < <u32>g.id && <u32>iy < <u32>g.ih) {
              const line = channel + ((iz * g.xd + iy * g.xh) << 2);
              for (let i = 0; i < count; i++) {
                if (<u32>ix < <u32>g.iw) {
                  const at = line + ((ix * g.xw) << 2);
                  store<f32>(at, load<f32>(at) + load<f32>(rows + (<usize>i << 2)));
                }
                ix += g.sw;
              }
            }
            rows += <usize>count << 2;
            left -= count;
            ow = 0;
            row++;
          }
        }
}
