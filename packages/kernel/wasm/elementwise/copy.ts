/** Neighbours copied; the instruction for it is a call, which short lines do without. */
// @ts-ignore: decorator
@inline
function line<T>(x: usize, y: usize, n: i32): void {
  const L = 16 / <i32>sizeof<T>();
  if (n > 256) {
    memory.copy(y, x, <usize>n * sizeof<T>());
    return;
  }
  for (; n >= L; n -= L, x += 16, y += 16) v128.store(y, v128.load(x));
  for (; n > 0; n--, x += sizeof<T>(), y += sizeof<T>()) store<T>(y, load<T>(x));
}

/**
 * Elements of a nest of four axes (outermost first) copied to where they lie without gaps. A pair of inner
 * axes that is turned goes block by block, so that both sides stay in cache.
 */
// @ts-ignore: decorator
@inline
function copy<T>(
  x: usize,
  n0: i32,
  s0: i32,
  n1: i32,
  s1: i32,
  n2: i32,
  s2: i32,
  n3: i32,
  s3: i32,
  y: usize,
): void {
  for (let i = 0; i < n0; i++)
    for (let j = 0; j < n1; j++) {
      const p = x + ((i * s0 + j * s1) * <i32>sizeof<T>());
      if (s3 == 1) {
        for (let k = 0; k < n2; k++) {
          line<T>(p + ((k * s2) * <i32>sizeof<T>()), y + ((k * n3) * <i32>sizeof<T>()), n3);
        }
      } else if (n2 >= 8 && n3 >= 8) {
        for (let k0 = 0; k0 < n2; k0 += 16)
          for (let l0 = 0; l0 < n3; l0 += 16) {
            const k1 = min(k0 + 16, n2);
            const l1 = min(l0 + 16, n3);
            for (let k = k0; k < k1; k++) {
              let from = p + ((k * s2 + l0 * s3) * <i32>sizeof<T>());
              let to = y + ((k * n3 + l0) * <i32>sizeof<T>());
              for (let l = l0; l < l1; l++) {
                store<T>(to, load<T>(from));
                to += sizeof<T>();
                from += s3 * <i32>sizeof<T>();
              }
            }
          }
      } else {
        let to = y;
        for (let k = 0; k < n2; k++) {
          let from = p + ((k * s2) * <i32>sizeof<T>());
          for (let l = 0; l < n3; l++) {
            store<T>(to, load<T>(from));
            to += sizeof<T>();
            from += s3 * <i32>sizeof<T>();
          }
        }
      }
      y += (n2 * n3) * <i32>sizeof<T>();
    }
}

export function copy_32(
  x: usize,
  n0: i32,
  s0: i32,
  n1: i32,
  s1: i32,
  n2: i32,
  s2: i32,
  n3: i32,
  s3: i32,
  y: usize,
): void {
  copy<u32>(x, n0, s0, n1, s1, n2, s2, n3, s3, y);
}

export function copy_64(
  x: usize,
  n0: i32,
  s0: i32,
  n1: i32,
  s1: i32,
  n2: i32,
  s2: i32,
  n3: i32,
  s3: i32,
  y: usize,
): void {
  copy<u64>(x, n0, s0, n1, s1, n2, s2, n3, s3, y);
}
