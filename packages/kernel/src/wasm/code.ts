import { unlzma } from "./lzma.js";

/** The bytes of parts that `scripts/wasm-pack.mjs` packed: base64 of one stream. */
export function unpack(text: string, lengths: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const all = unlzma(
    bytes,
    lengths.reduce((a, b) => a + b),
  );
  let at = 0;
  return lengths.map((n) => all.slice(at, (at += n)));
}

/** Applies a difference that `scripts/wasm-pack.mjs` wrote (its form is told there) to `base`. */
export function patch(base: Uint8Array, difference: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let at = 0;
  const number = (): number => {
    let n = 0;
    let scale = 1;
    for (;;) {
      const byte = difference[at++]!;
      n += (byte & 127) * scale;
      if (byte < 128) return n % 2 ? -(n + 1) / 2 : n / 2;
      scale *= 128;
    }
  };
  let from = 0;
  while (at < difference.length) {
    for (let n = number(); n > 0; n--) out.push(difference[at++]!);
    from += number();
    for (let n = number(); n > 0; n--) out.push(base[from++]!);
  }
  return Uint8Array.from(out);
}
