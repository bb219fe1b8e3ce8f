/*
 * Rows through a tree whose children stand side by side and whose leaves lead to themselves: every row takes as many steps
 * as the tree is deep. A node is 16 bytes: the left child's place in bytes, the feature's in bytes, the threshold (NaN at a
 * leaf), and 1 where a missing value goes right.
 */

// @ts-ignore: decorator
@inline
function next(nodes: usize, at: i32, row: usize): i32 {
  const n = nodes + <usize>at;
  const x = load<f32>(row + <usize>load<i32>(n, 4));
  const c = load<f32>(n, 8);
  // NaN is neither: the first comparison sends it left, the second right.
  const right = i32(x >= c) | (i32(!(x < c)) & load<i32>(n, 12));
  return load<i32>(n) + (right << 4);
}

// @ts-ignore: decorator
@inline
function nextPresent(nodes: usize, at: i32, row: usize): i32 {
  const n = nodes + <usize>at;
  return load<i32>(n) + (i32(load<f32>(row + <usize>load<i32>(n, 4)) >= load<f32>(n, 8)) << 4);
}

/** Where `count` rows end, as the node's number. Row i's features begin at `rows + i · stride` (bytes). */
export function walk_ids(nodes: usize, depth: i32, rows: usize, stride: i32, count: i32, out: usize): void {
  let i = 0;
  const s = <usize>stride;
  for (; i + 3 < count; i += 4) {
    const r = rows + <usize>i * s;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < depth; k++) {
      a = next(nodes, a, r);
      b = next(nodes, b, r + s);
      c = next(nodes, c, r + 2 * s);
      d = next(nodes, d, r + 3 * s);
    }
    const o = out + (<usize>i << 2);
    store<i32>(o, a >> 4);
    store<i32>(o, b >> 4, 4);
    store<i32>(o, c >> 4, 8);
    store<i32>(o, d >> 4, 12);
  }
  for (; i < count; i++) {
    let a = 0;
    for (let k = 0; k < depth; k++) a = next(nodes, a, rows + <usize>i * s);
    store<i32>(out + (<usize>i << 2), a >> 4);
  }
}

// @ts-ignore: decorator
@inline
function add(out: usize, leaves: usize, at: i32): void {
  store<f32>(out, load<f32>(out) + load<f32>(leaves + (<usize>at >> 2)));
}

/** Adds the value of each row's leaf to `out`, whose elements are `gap` bytes apart. */
export function walk_add(
  nodes: usize,
  depth: i32,
  rows: usize,
  stride: i32,
  count: i32,
  leaves: usize,
  out: usize,
  gap: i32,
): void {
  let i = 0;
  const s = <usize>stride;
  const step = <usize>gap;
  // Each step waits for the one before; eight rows side by side keep the machine busy.
  for (; i + 7 < count; i += 8) {
    const r = rows + <usize>i * s;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let k = 0; k < depth; k++) {
      a = next(nodes, a, r);
      b = next(nodes, b, r + s);
      c = next(nodes, c, r + 2 * s);
      d = next(nodes, d, r + 3 * s);
      e = next(nodes, e, r + 4 * s);
      f = next(nodes, f, r + 5 * s);
      g = next(nodes, g, r + 6 * s);
      h = next(nodes, h, r + 7 * s);
    }
    const o = out + <usize>i * step;
    add(o, leaves, a);
    add(o + step, leaves, b);
    add(o + 2 * step, leaves, c);
    add(o + 3 * step, leaves, d);
    add(o + 4 * step, leaves, e);
    add(o + 5 * step, leaves, f);
    add(o + 6 * step, leaves, g);
    add(o + 7 * step, leaves, h);
  }
  for (; i < count; i++) {
    let a = 0;
    for (let k = 0; k < depth; k++) a = next(nodes, a, rows + <usize>i * s);
    add(out + <usize>i * step, leaves, a);
  }
}

/** The same where nothing is missing. */
export function walk_add_present(
  nodes: usize,
  depth: i32,
  rows: usize,
  stride: i32,
  count: i32,
  leaves: usize,
  out: usize,
  gap: i32,
): void {
  let i = 0;
  const s = <usize>stride;
  const step = <usize>gap;
  for (; i + 7 < count; i += 8) {
    const r = rows + <usize>i * s;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let k = 0; k < depth; k++) {
      a = nextPresent(nodes, a, r);
      b = nextPresent(nodes, b, r + s);
      c = nextPresent(nodes, c, r + 2 * s);
      d = nextPresent(nodes, d, r + 3 * s);
      e = nextPresent(nodes, e, r + 4 * s);
      f = nextPresent(nodes, f, r + 5 * s);
      g = nextPresent(nodes, g, r + 6 * s);
      h = nextPresent(nodes, h, r + 7 * s);
    }
    const o = out + <usize>i * step;
    add(o, leaves, a);
    add(o + step, leaves, b);
    add(o + 2 * step, leaves, c);
    add(o + 3 * step, leaves, d);
    add(o + 4 * step, leaves, e);
    add(o + 5 * step, leaves, f);
    add(o + 6 * step, leaves, g);
    add(o + 7 * step, leaves, h);
  }
  for (; i < count; i++) {
    let a = 0;
    for (let k = 0; k < depth; k++) a = nextPresent(nodes, a, rows + <usize>i * s);
    add(out + <usize>i * step, leaves, a);
  }
}
