/** The best split of a node so far. */
export class Split {
  lossChg = 0;
  feature = 0;
  value = 0;
  defaultLeft = false;
  isCat = false;
  catBits: Uint32Array | null = null;
  leftGrad = 0;
  leftHess = 0;
  rightGrad = 0;
  rightHess = 0;

  /** Whether a candidate is taken: strictly better, or as good with a lower feature. */
  loses(lossChg: number, feature: number): boolean {
    if (lossChg === Infinity || lossChg === -Infinity) return false;
    return this.feature <= feature ? lossChg > this.lossChg : !(this.lossChg > lossChg);
  }
  update(
    lossChg: number,
    feature: number,
    value: number,
    defaultLeft: boolean,
    isCat: boolean,
    gl: number,
    hl: number,
    gr: number,
    hr: number,
  ): boolean {
    if (!this.loses(lossChg, feature)) return false;
    this.lossChg = lossChg;
    this.feature = feature;
    this.value = value;
    this.defaultLeft = defaultLeft;
    this.isCat = isCat;
    this.leftGrad = gl;
    this.leftHess = hl;
    this.rightGrad = gr;
    this.rightHess = hr;
    return true;
  }
  merge(e: Split): boolean {
    const taken = this.update(
      e.lossChg,
      e.feature,
      e.value,
      e.defaultLeft,
      e.isCat,
      e.leftGrad,
      e.leftHess,
      e.rightGrad,
      e.rightHess,
    );
    if (taken) this.catBits = e.catBits;
    return taken;
  }
  reset(): void {
    this.lossChg = 0;
    this.feature = 0;
    this.isCat = false;
    this.catBits = null;
  }
}
