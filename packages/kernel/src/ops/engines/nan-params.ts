/** What a function of signs makes of NaN: NaN, or 0 where a framework takes it for neither positive nor negative. */
export interface NanParams {
  readonly nan?: "propagate" | "zero";
}

/** The result for a number that is neither above, below, nor 0. */
export const ofNaN = (x: number, p: NanParams | void): number => (p?.nan === "zero" ? 0 : x);
