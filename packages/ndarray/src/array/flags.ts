import { nameClass } from "@cognate/py";
import type { ArrayBase } from "./base.js";
import { isFortran } from "./order.js";

/** `ndarray.flags`: how an array lies in memory. */
export class flagsobj {
  readonly c_contiguous: boolean;
  readonly f_contiguous: boolean;
  readonly owndata: boolean;
  readonly writeable: boolean;
  readonly aligned = true;
  readonly writebackifcopy = false;

  constructor(x: ArrayBase, owndata: boolean, writeable: boolean) {
    this.c_contiguous = x._a.contiguous;
    this.f_contiguous = isFortran(x._a);
    this.owndata = owndata;
    this.writeable = writeable;
  }
  get contiguous(): boolean {
    return this.c_contiguous;
  }
  get fortran(): boolean {
    return this.fnc;
  }
  /** Column-major and not row-major. */
  get fnc(): boolean {
    return this.f_contiguous && !this.c_contiguous;
  }
  get forc(): boolean {
    return this.f_contiguous || this.c_contiguous;
  }
  /** `flags['C_CONTIGUOUS']`, `flags['F']`. */
  at(name: string): boolean {
    const short: Readonly<Record<string, string>> = {
      C: "c_contiguous",
      F: "f_contiguous",
      O: "owndata",
      W: "writeable",
      A: "aligned",
    };
    return (this as unknown as Record<string, boolean>)[short[name] ?? name.toLowerCase()] === true;
  }
  __repr__(): string {
    const yes = (b: boolean): string => (b ? "True" : "False");
    return `  C_CONTIGUOUS : ${yes(this.c_contiguous)}\n  F_CONTIGUOUS : ${yes(this.f_contiguous)}\n  OWNDATA : ${yes(this.owndata)}\n  WRITEABLE : ${yes(this.writeable)}\n  ALIGNED : ${yes(this.aligned)}\n  WRITEBACKIFCOPY : ${yes(this.writebackifcopy)}\n`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("numpy._core.multiarray.flagsobj", flagsobj);
