/** A text inside SVG. */
export const escaped = (t: string): string =>
  t.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** A place in a picture, without needless digits. */
export const at = (v: number): string => String(Math.round(v * 100) / 100);

/** Roughly how wide a text is, in pixels of a font of this size. */
export const textWidth = (t: string, size: number): number => [...t].length * size * 0.6;

export const picture = (width: number, height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${at(width)}" height="${at(height)}" viewBox="0 0 ${at(width)} ${at(height)}" font-family="sans-serif">\n${parts.join("\n")}\n</svg>\n`;
