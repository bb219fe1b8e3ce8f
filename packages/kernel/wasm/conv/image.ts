import { Geometry } from "./geometry";

/*
 * How patches read one image of one group: straight from x where it lies so that they can, else from a copy with the
 * zeros around it, channels first or last. Then no patch reaches beyond what is there.
 */

/** Bytes between neighbours of the image that patches are read from. */
export let stepC: i32 = 0;
export let stepD: i32 = 0;
export let stepH: i32 = 0;
export let stepW: i32 = 0;

// @ts-ignore: decorator
@inline
function extent(count: i32, stride: i32, taps: i32, dilation: i32): i32 {
  return (count - 1) * stride + (taps - 1) * dilation + 1;
}

// @ts-ignore: decorator
@inline
function deep(g: Geometry): i32 {
  return extent(g.od, g.sd, g.kd, g.dd);
}
// @ts-ignore: decorator
@inline
function high(g: Geometry): i32 {
  return extent(g.oh, g.sh, g.kh, g.dh);
}
// @ts-ignore: decorator
@inline
function long(g: Geometry): i32 {
  return extent(g.ow, g.sw, g.kw, g.dw);
}

/** Whether patches can be read from x as it lies. */
function straight(g: Geometry, last: bool): bool {
  return (
    (g.pd | g.ph | g.pw) == 0 &&
    deep(g) <= g.id &&
    high(g) <= g.ih &&
    long(g) <= g.iw &&
    (last ? g.xc == 1 || g.inChannels == 1 : g.xw == 1)
  );
}

/** Bytes of the copy. */
export function imageRoom(g: Geometry, last: bool): i32 {
  return straight(g, last) ? 0 : ((g.inChannels * deep(g) * high(g) * long(g)) << 2) + 64;
}

// @ts-ignore: decorator
@inline
function zeros(to: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(to + (<usize>i << 2), 0);
}

/** n numbers, `step` apart, side by side. */
// @ts-ignore: decorator
@inline
function run(to: usize, from: usize, n: i32, step: i32): void {
  let i = 0;
  if (step == 1) for (; i + 4 <= n; i += 4) v128.store(to + (<usize>i << 2), v128.load(from + (<usize>i << 2)));
  for (; i < n; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + ((i * step) << 2)));
}

/** Sets the steps, and returns where the image lies: x, or its copy in `to`. */
export function imageOf(g: Geometry, last: bool, x: usize, to: usize): usize {
  if (straight(g, last)) {
    stepC = g.xc << 2;
    stepD = g.xd << 2;
    stepH = g.xh << 2;
    stepW = g.xw << 2;
    return x;
  }
  const depth = deep(g);
  const height = high(g);
  const width = long(g);
  const channels = last ? 1 : g.inChannels;
  // What one place of a row holds: all channels, or one number.
  const each = last ? g.inChannels : 1;
  stepW = each << 2;
  stepH = stepW * width;
  stepD = stepH * height;
  stepC = last ? 4 : stepD * depth;
  const from = max(0, g.pw);
  const until = max(from, min(width, g.iw + g.pw));
  const whole = each == 1 ? g.xw : g.xc == 1 && g.xw == each ? 1 : 0;
  let out = to;
  for (let c = 0; c < channels; c++)
    for (let d = 0; d < depth; d++)
      for (let h = 0; h < height; h++) {
        const z = d - g.pd;
        const y = h - g.ph;
        if (<u32>z >= <u32>g.id || <u32>y >= <u32>g.ih) {
          zeros(out, width * each);
          out += stepH;
          continue;
        }
        let at = x + ((c * g.xc + z * g.xd + y * g.xh + (from - g.pw) * g.xw) << 2);
        zeros(out, from * each);
        if (whole != 0) run(out + from * stepW, at, (until - from) * each, whole);
        else
          for (let w = from; w < until; w++) {
            run(out + w * stepW, at, each, g.xc);
            at += g.xw << 2;
          }
        zeros(out + until * stepW, (width - until) * each);
        out += stepH;
      }
  return to;
}

/** Bytes from the image's first element to the patch of position p. */
// @ts-ignore: decorator
@inline
export function placeOf(g: Geometry, p: i32): i32 {
  const row = p / g.ow;
  return (row / g.oh) * g.sd * stepD + (row % g.oh) * g.sh * stepH + (p % g.ow) * g.sw * stepW;
}
