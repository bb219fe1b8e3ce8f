import { nameClass, pyClass, ValueError } from "@cognate/py";

const KINDS = ["a", "b", "rc"];

class NumpyVersionImpl {
  readonly vstring: string;
  readonly version: string;
  private readonly order: readonly number[];

  constructor(vstring: string) {
    const m = /^(\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?(\.dev)?/.exec(vstring);
    if (!m) throw new ValueError("Not a valid numpy version string");
    this.vstring = vstring;
    this.version = `${m[1]}.${m[2]}.${m[3]}`;
    const stage = m[4] ? KINDS.indexOf(m[4]) : KINDS.length;
    this.order = [...m.slice(1, 4).map(Number), stage, Number(m[5] ?? 0), m[6] ? 0 : 1];
  }
  private compare(other: string | NumpyVersionImpl): number {
    const o = typeof other === "string" ? new NumpyVersionImpl(other) : other;
    const at = this.order.findIndex((n, i) => n !== o.order[i]);
    return at < 0 ? 0 : Math.sign(this.order[at]! - o.order[at]!);
  }
  lt(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) < 0;
  }
  le(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) <= 0;
  }
  gt(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) > 0;
  }
  ge(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) >= 0;
  }
  eq(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) === 0;
  }
  ne(other: string | NumpyVersionImpl): boolean {
    return this.compare(other) !== 0;
  }
  __repr__(): string {
    return `NumpyVersion(${this.vstring})`;
  }
}

/** Versions of NumPy in their order. @throws ValueError */
export const NumpyVersion = pyClass("NumpyVersion", "vstring", NumpyVersionImpl);
export type NumpyVersion = NumpyVersionImpl;
nameClass("numpy.lib.NumpyVersion", NumpyVersion);
