/** A number of bytes in the unit that suits it. */
export function bytesText(n: number): string {
  if (n < 1000) return `${n} bytes`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = n / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A whole number with its thousands set apart. */
export const countText = (n: number): string => n.toLocaleString("en-US");

export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** A value in one short line. */
export function valueText(x: unknown): string {
  const text =
    typeof x === "string" ? JSON.stringify(x) : typeof x === "object" ? json(x) : String(x ?? "None");
  return text.length > 72 ? `${text.slice(0, 71)}…` : text;
}

/** JSON of anything: whole numbers beyond JSON's are texts, and what has no JSON is named. */
export function json(x: unknown, space?: number): string {
  const plain = (_key: string, v: unknown): unknown => {
    if (typeof v === "bigint") return String(v);
    if (typeof v === "number" && !Number.isFinite(v)) return String(v);
    if (v instanceof Map) return Object.fromEntries([...v].map(([k, value]) => [String(k), value]));
    if (v instanceof Set) return [...v];
    if (v instanceof Uint8Array) return `${v.length} bytes`;
    return v;
  };
  return JSON.stringify(x, plain, space) ?? "null";
}
