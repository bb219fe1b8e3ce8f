import { repr, ValueError } from "@cognate/py";

/** Numbers for each axis of an image: one, one a spatial axis, or all. */
export function perAxis(
  x: number | readonly number[] | null,
  axes: number,
  format: string,
  what: string,
): number[] {
  const list = x === null ? [1] : typeof x === "number" ? [x] : [...x];
  const rank = axes + 2;
  if (list.length === rank) return list;
  const inner = list.length === 1 ? new Array<number>(axes).fill(list[0]!) : list;
  if (inner.length !== axes)
    throw new ValueError(
      `${what} should be of length 1, ${axes} or ${rank}. Received: ${what}=${repr(x)} of length ${list.length}`,
    );
  return format.startsWith("NC") ? [1, 1, ...inner] : [1, ...inner, 1];
}
export type Padding = string | readonly (readonly number[])[];
export const padAttrs = (padding: Padding): Record<string, unknown> =>
  typeof padding === "string" ? { padding } : { padding: "EXPLICIT", explicit_paddings: padding.flat() };
