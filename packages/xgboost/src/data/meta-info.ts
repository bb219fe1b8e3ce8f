/** What a DMatrix knows beside its features. All arrays are absent (null) or have one element a row unless said otherwise. */
export class MetaInfo {
  numRow = 0;
  numCol = 0;
  /** Present values. */
  numNonMissing = 0;
  /** Row-major, `labelShape[1]` columns. */
  labels: Float32Array | null = null;
  labelShape: readonly [number, number] = [0, 0];
  /** One a row; one a group for ranking. */
  weights: Float32Array | null = null;
  /** Row-major, `baseMarginShape[1]` columns. */
  baseMargin: Float32Array | null = null;
  baseMarginShape: readonly [number, number] = [0, 0];
  labelLower: Float32Array | null = null;
  labelUpper: Float32Array | null = null;
  /** Where the query groups begin; one more element than groups. */
  groupPtr: Uint32Array | null = null;
  featureNames: readonly string[] | null = null;
  /** `int`, `float`, `i`, `q` or `c`, one a feature. */
  featureTypes: readonly string[] | null = null;
  featureWeights: Float32Array | null = null;

  /** A row's weight, a group's for ranking. */
  weight(i: number): number {
    return this.weights ? (this.weights[i] ?? 0) : 1;
  }
  /** Columns of labels. */
  get numTargets(): number {
    return Math.max(1, this.labelShape[1]);
  }
  isCategorical(feature: number): boolean {
    return this.featureTypes?.[feature] === "c";
  }
  get hasCategorical(): boolean {
    return this.featureTypes?.includes("c") ?? false;
  }
}
