/**
 * c[i·ldc + j] (+)= Σₚ a[i·k + p] · b[j·k + p] for `m` rows of `a` and `n` rows of `b`: the product that convolution and
 * recurrence are made of. Both operands are packed so that the summed axis lies contiguous, which is what makes plain
 * JavaScript fast here; eight sums at a time fill the registers.
 */
export function dotRows(
  a: Float64Array,
  at: number,
  b: Float64Array,
  bt: number,
  c: Float64Array,
  ct: number,
  ldc: number,
  m: number,
  n: number,
  k: number,
  accumulate: boolean,
): void {
  if (!accumulate) for (let i = 0; i < m; i++) c.fill(0, ct + i * ldc, ct + i * ldc + n);
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const a0 = at + i * k;
    const a1 = a0 + k;
    const a2 = a1 + k;
    const a3 = a2 + k;
    let j = 0;
    for (; j + 2 <= n; j += 2) {
      const b0 = bt + j * k;
      const b1 = b0 + k;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let p = 0; p < k; p++) {
        const v0 = b[b0 + p]!;
        const v1 = b[b1 + p]!;
        const x0 = a[a0 + p]!;
        const x1 = a[a1 + p]!;
        const x2 = a[a2 + p]!;
        const x3 = a[a3 + p]!;
        s00 += x0 * v0;
        s01 += x0 * v1;
        s10 += x1 * v0;
        s11 += x1 * v1;
        s20 += x2 * v0;
        s21 += x2 * v1;
        s30 += x3 * v0;
        s31 += x3 * v1;
      }
      let o = ct + i * ldc + j;
      c[o]! += s00;
      c[o + 1]! += s01;
      o += ldc;
      c[o]! += s10;
      c[o + 1]! += s11;
      o += ldc;
      c[o]! += s20;
      c[o + 1]! += s21;
      o += ldc;
      c[o]! += s30;
      c[o + 1]! += s31;
    }
    for (; j < n; j++) {
      const b0 = bt + j * k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p++) {
        const v = b[b0 + p]!;
        s0 += a[a0 + p]! * v;
        s1 += a[a1 + p]! * v;
        s2 += a[a2 + p]! * v;
        s3 += a[a3 + p]! * v;
      }
      const o = ct + i * ldc + j;
      c[o]! += s0;
      c[o + ldc]! += s1;
      c[o + 2 * ldc]! += s2;
      c[o + 3 * ldc]! += s3;
    }
  }
  for (; i < m; i++) {
    const a0 = at + i * k;
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      const b0 = bt + j * k;
      const b1 = b0 + k;
      const b2 = b1 + k;
      const b3 = b2 + k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p++) {
        const v = a[a0 + p]!;
        s0 += v * b[b0 + p]!;
        s1 += v * b[b1 + p]!;
        s2 += v * b[b2 + p]!;
        s3 += v * b[b3 + p]!;
      }
      const o = ct + i * ldc + j;
      c[o]! += s0;
      c[o + 1]! += s1;
      c[o + 2]! += s2;
      c[o + 3]! += s3;
    }
    for (; j < n; j++) {
      const b0 = bt + j * k;
      let s = 0;
      for (let p = 0; p < k; p++) s += a[a0 + p]! * b[b0 + p]!;
      c[ct + i * ldc + j]! += s;
    }
  }
}

/** out[j·rows + i] = a[i·columns + j] for a packed matrix of `rows` × `columns`, in blocks that stay in cache. */
export function transposeRows(
  a: Float64Array,
  at: number,
  rows: number,
  columns: number,
  out: Float64Array,
  ot = 0,
): void {
  const block = 32;
  for (let i0 = 0; i0 < rows; i0 += block) {
    const i1 = Math.min(i0 + block, rows);
    for (let j0 = 0; j0 < columns; j0 += block) {
      const j1 = Math.min(j0 + block, columns);
      for (let i = i0; i < i1; i++)
        for (let j = j0; j < j1; j++) out[ot + j * rows + i] = a[at + i * columns + j]!;
    }
  }
}
