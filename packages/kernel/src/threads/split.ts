/** Cuts 0 … n − 1 into at most `parts` ranges whose bounds are multiples of `unit`, none shorter than `least`. */
export function split(n: number, parts: number, unit: number, least: number): [from: number, to: number][] {
  const count = Math.max(1, Math.min(parts, Math.floor(n / least)));
  const out: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= count; i++) {
    const to = i === count ? n : Math.round((n * i) / count / unit) * unit;
    if (to > from) out.push([from, to]);
    from = to;
  }
  return out;
}
