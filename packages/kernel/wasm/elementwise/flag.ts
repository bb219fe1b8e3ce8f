/* Whether a kernel of float64 met results that are not finite. */

let found: bool = false;

/** Notes bits that are not all zero. */
// @ts-ignore: decorator
@inline
export function flag(bad: v128): void {
  found = v128.any_true(bad);
}

/** Whether the last kernel that looks gave results that are not finite. */
export function unfinished(): bool {
  return found;
}
