/** A line through the grid, in its own coordinates (column, row). */
export type Line = readonly (readonly [column: number, row: number])[];

/**
 * The lines on which values at the corners of a grid take a level, by linear interpolation.
 *
 * Source: W. Lorensen, H. Cline, "Marching Cubes" (1987), in two dimensions.
 */
export function levelLines(values: Float64Array, columns: number, rows: number, level: number): Line[] {
  const at = (c: number, r: number): number => values[r * columns + c]! - level;
  const segments: [string, string][] = [];
  const place = new Map<string, readonly [number, number]>();
  /** The crossing of an edge, named by its first corner and direction, so that cells that share it join there. */
  const cross = (c: number, r: number, across: boolean): string => {
    const key = `${c},${r},${across ? 1 : 0}`;
    if (!place.has(key)) {
      const [a, b] = [at(c, r), across ? at(c + 1, r) : at(c, r + 1)];
      const t = a / (a - b);
      place.set(key, across ? [c + t, r] : [c, r + t]);
    }
    return key;
  };
  for (let r = 0; r + 1 < rows; r++)
    for (let c = 0; c + 1 < columns; c++) {
      const signs = [at(c, r) > 0, at(c + 1, r) > 0, at(c + 1, r + 1) > 0, at(c, r + 1) > 0];
      const edges: string[] = [];
      if (signs[0] !== signs[1]) edges.push(cross(c, r, true));
      if (signs[1] !== signs[2]) edges.push(cross(c + 1, r, false));
      if (signs[2] !== signs[3]) edges.push(cross(c, r + 1, true));
      if (signs[3] !== signs[0]) edges.push(cross(c, r, false));
      for (let i = 0; i + 1 < edges.length; i += 2) segments.push([edges[i]!, edges[i + 1]!]);
    }
  return chained(segments).map((keys) => keys.map((k) => place.get(k)!));
}

/** Segments that share ends as lines. */
function chained(segments: readonly (readonly [string, string])[]): string[][] {
  const open = new Map<string, Set<number>>();
  segments.forEach((s, i) => {
    for (const end of s) {
      const list = open.get(end) ?? new Set();
      list.add(i);
      open.set(end, list);
    }
  });
  const used = new Uint8Array(segments.length);
  const lines: string[][] = [];
  const follow = (line: string[]): void => {
    for (;;) {
      const end = line[line.length - 1]!;
      const next = [...(open.get(end) ?? [])].find((i) => !used[i]);
      if (next === undefined) return;
      used[next] = 1;
      const [a, b] = segments[next]!;
      line.push(a === end ? b : a);
    }
  };
  segments.forEach(([a, b], i) => {
    if (used[i]) return;
    used[i] = 1;
    const line = [a, b];
    follow(line);
    line.reverse();
    follow(line);
    lines.push(line);
  });
  return lines;
}
