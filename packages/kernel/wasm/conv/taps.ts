import { Geometry } from "./geometry";
import { stepC, stepD, stepH, stepW } from "./image";

/*
 * The elements of a patch in their order: channel outermost where channels come first, innermost where they come last. An
 * entry holds how many bytes it lies behind the patch's first one, and how many follow one another in memory from it on.
 */

/** Bytes of the table. */
// @ts-ignore: decorator
@inline
export function tapsRoom(patch: i32): i32 {
  return (patch << 3) + 16;
}

// @ts-ignore: decorator
@inline
export function offsetOf(taps: usize, k: i32): i32 {
  return load<i32>(taps + (<usize>k << 3));
}
// @ts-ignore: decorator
@inline
export function runOf(taps: usize, k: i32): i32 {
  return load<i32>(taps + (<usize>k << 3), 4);
}

export function writeTaps(g: Geometry, last: bool, out: usize): void {
  const outer = last ? 1 : g.inChannels;
  const inner = last ? g.inChannels : 1;
  let at = out;
  for (let c = 0; c < outer; c++)
    for (let d = 0; d < g.kd; d++)
      for (let h = 0; h < g.kh; h++)
        for (let w = 0; w < g.kw; w++)
          for (let e = 0; e < inner; e++) {
            store<i32>(at, (c + e) * stepC + d * g.dd * stepD + h * g.dh * stepH + w * g.dw * stepW);
            at += 8;
          }
  let run = 1;
  for (at -= 8; ; at -= 8) {
    store<i32>(at, run, 4);
    if (at == out) break;
    run = load<i32>(at - 8) + 4 == load<i32>(at) ? run + 1 : 1;
  }
}
