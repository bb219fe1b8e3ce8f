/** Unary: x, y, count. */
type Unary = (x: number, y: number, n: number) => void;
/** Binary: address, step (0 or 1) and line step of a and b; y, line length, lines. */
type Binary = (
  a: number,
  ai: number,
  ao: number,
  b: number,
  bi: number,
  bo: number,
  y: number,
  n: number,
  outer: number,
) => void;

/** c = a·b of m×k and k×n: address, row and column step of each; how c is begun, a bias, room to work in. */
type Product = (
  m: number,
  n: number,
  k: number,
  a: number,
  ars: number,
  acs: number,
  b: number,
  brs: number,
  bcs: number,
  c: number,
  crs: number,
  ccs: number,
  mode: number,
  bias: number,
  room: number,
) => void;

/** {@link Product} with a b that {@link Pack} packed: in place of b's address and steps stands the packed one's address. */
type PackedProduct = (
  m: number,
  n: number,
  k: number,
  a: number,
  ars: number,
  acs: number,
  packed: number,
  c: number,
  crs: number,
  ccs: number,
  mode: number,
  bias: number,
  room: number,
) => void;

/** Packs columns `from` … `to` − 1 of b, k×n. */
type Pack = (
  n: number,
  k: number,
  b: number,
  brs: number,
  bcs: number,
  out: number,
  from: number,
  to: number,
) => void;

export const UNARY = [
  "exp_f32",
  "log_f32",
  "tanh_f32",
  "sigmoid_f32",
  "sqrt_f32",
  "neg_f32",
  "abs_f32",
  "square_f32",
  "relu_f32",
  "reciprocal_f32",
  "rsqrt_f32",
  "erf_f32",
  "gelu_f32",
  "gelu_tanh_f32",
  "gelu_slope_f32",
  "mish_f32",
  "gelu_tanh_slope_f32",
  "silu_f32",
  "floor_f32",
  "ceil_f32",
  "trunc_f32",
] as const;
/** Functions of float64 in the order of `unary_f64`. */
export const UNARY64 = [
  "exp",
  "log",
  "sin",
  "cos",
  "expm1",
  "log1p",
  "sigmoid",
  "sqrt",
  "neg",
  "abs",
  "square",
  "relu",
  "reciprocal",
  "rsqrt",
  "floor",
  "ceil",
  "trunc",
  "round",
] as const;
export const BINARY = [
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
  "squared_error",
  "tanh_grad",
  "sigmoid_grad",
  "relu_grad",
] as const;
export const INTEGER = ["add", "sub", "mul", "maximum", "minimum"] as const;
export const COMPARE = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
/** Those that kernels make; the others exchange operands. */
export const COMPARED = ["eq", "ne", "lt", "le"] as const;
/** Conversions that there are, from and to. */
export const CASTS = [
  "f32_f64",
  "f32_i64",
  "f32_i32",
  "f64_f32",
  "f64_i64",
  "f64_i32",
  "i64_f64",
  "i64_f32",
  "i64_i32",
  "i32_f64",
  "i32_f32",
  "i32_i64",
  "u8_f64",
  "u8_f32",
  "u8_i64",
] as const;
/** x [outer, n, inner] reduced over the middle axis to y. */
type Reduce = (x: number, outer: number, n: number, inner: number, y: number) => void;
/** A nest of four axes (length, stride each) copied to rows without gaps. */
type Copy = (
  x: number,
  n0: number,
  s0: number,
  n1: number,
  s1: number,
  n2: number,
  s2: number,
  n3: number,
  s3: number,
  y: number,
) => void;

/** What the WASM module exports; pointers are byte addresses, strides count elements. See `packages/kernel/wasm`. */
export type Exports = Record<(typeof UNARY)[number], Unary> &
  Record<`${(typeof BINARY)[number]}_${"f32" | "f64"}`, Binary> &
  Record<"pow_f64" | `${(typeof INTEGER)[number]}_${"i32" | "i64"}`, Binary> &
  Record<`${(typeof COMPARED)[number]}_${"f32" | "f64" | "i32" | "i64"}`, Binary> &
  Record<`cast_${(typeof CASTS)[number]}`, Unary> &
  Record<`sum_${"i64" | "i32" | "u8"}` | `${"amax" | "amin"}_${"f32" | "f64" | "i64" | "i32"}`, Reduce> &
  Record<
    `cumsum_${"f64" | "f32" | "i64"}`,
    (x: number, outer: number, n: number, inner: number, y: number, room: number) => void
  > &
  Record<
    `${"softmax" | "log_softmax"}_${"f32" | "f64"}`,
    (x: number, lines: number, n: number, y: number) => void
  > &
  Record<
    `${"softmax" | "log_softmax"}_grad_${"f32" | "f64"}`,
    (g: number, y: number, lines: number, n: number, out: number) => void
  > &
  Record<
    "where_f32" | "where_f64",
    (a: number, ai: number, cond: number, b: number, bi: number, y: number, n: number) => void
  > &
  Record<"copy_32" | "copy_64", Copy> &
  Record<"gemm_f32" | "gemm_f64", Product> &
  Record<"gemm_packed_f32" | "gemm_packed_f64", PackedProduct> &
  Record<"pack_f32" | "pack_f64", Pack> &
  Record<"gemm_f32_room" | "gemm_f64_room", (m: number, n: number, k: number) => number> & {
    bent_f32(kind: number, x: number, y: number, n: number, a: number, b: number): void;
    elu_f32(x: number, y: number, n: number, a: number, b: number, c: number): void;
    softplus_f32(x: number, y: number, n: number, beta: number, threshold: number): void;
    bytes(op: number, a: number, b: number, bi: number, y: number, n: number): void;
    divide_i64(rest: number, a: number, ai: number, b: number, bi: number, y: number, n: number): number;
    count_u8(p: number, n: number): number;
    compress(bytes: number, x: number, cond: number, y: number, count: number): void;
    take_rows(
      x: number,
      size: number,
      bytes: number,
      at: number,
      width: number,
      n: number,
      y: number,
    ): number;
    /** Whether the last kernel of float64 that computes elementwise gave results that are not finite. */
    unfinished(): number;
    unary_f64(op: number, x: number, y: number, n: number): void;
    /** Where the first result stands that is left to JavaScript; n if there is none. */
    undone_f64(y: number, n: number): number;
    /** Where a table of the precise functions is to be written. */
    table_f64(which: number): number;
    sum_f64(x: number, outer: number, n: number, inner: number, count: number, y: number): void;
    rbf_rows(x: number, rows: number, n: number, own: number, others: number, gamma: number): void;
    panel_dots(data: number, width: number, i: number, from: number, to: number, out: number): void;
    panel_rbf(
      data: number,
      width: number,
      i: number,
      from: number,
      to: number,
      out: number,
      squares: number,
      gamma: number,
    ): void;
    sort_room(n: number, width: number): number;
    sort_values_room(n: number, width: number): number;
    sort_values(kind: number, x: number, lines: number, n: number, y: number, room: number): void;
    sort_lines(
      kind: number,
      x: number,
      lines: number,
      n: number,
      descending: number,
      y: number,
      index: number,
      room: number,
    ): void;
    fft_lines(
      wide: number,
      kind: number,
      plan: number,
      n: number,
      x: number,
      xStep: number,
      xNext: number,
      xOuter: number,
      y: number,
      yStep: number,
      yNext: number,
      yOuter: number,
      outer: number,
      inner: number,
      scale: number,
      forward: number,
      w: number,
      width: number,
      room: number,
      block: number,
    ): void;
    factors_f64_room(m: number, n: number): number;
    lu_f64(m: number, n: number, a: number, pivots: number, room: number): number;
    solve_triangle_f64(
      n: number,
      k: number,
      a: number,
      lda: number,
      b: number,
      upper: number,
      unit: number,
      room: number,
    ): void;
    reflect_rows_f64(
      n: number,
      k: number,
      v: number,
      step: number,
      tau: number,
      a: number,
      lda: number,
      w: number,
    ): void;
    reflect_columns_f64(m: number, n: number, v: number, tau: number, a: number, lda: number): void;
    reflect_both_f64(k: number, v: number, tau: number, a: number, lda: number, w: number): void;
    rotate_rows_f64(
      list: number,
      count: number,
      z: number,
      rows: number,
      columns: number,
      room: number,
    ): void;
    pcg64_words(state: number, out: number, n: number): void;
    sfc64_words(state: number, out: number, n: number): void;
    philox64_words(state: number, out: number, blocks: number): void;
    mt19937_words(key: number, position: number, out: number, n: number): number;
    words_uniform(kind: number, x: number, n: number): void;
    words_bounded(
      words: number,
      n: number,
      mask: number,
      max: number,
      threshold: number,
      base: bigint,
      wide: number,
      out: number,
    ): number;
    ziggurat_f64(exponential: number, words: number, n: number, table: number, out: number): number;
    box_muller_f32(x: number, blocks: number, mean: number, deviation: number): void;
    position(kind: number, larger: number, x: number, outer: number, n: number, y: number): void;
    packed_f32_size(n: number, k: number): number;
    sum_f32(x: number, outer: number, n: number, inner: number, scale: number, y: number, room: number): void;
    /** See `packages/kernel/wasm/conv` for the arguments. */
    conv_f32_room(geometry: number, last: number): number;
    conv_f32(...args: readonly number[]): void;
    conv_weight_f32_room(geometry: number, last: number): number;
    conv_weight_f32(...args: readonly number[]): void;
    winograd_kernels_size(outChannels: number, inChannels: number): number;
    winograd_kernels(...args: readonly number[]): void;
    winograd_f32_room(geometry: number): number;
    winograd_f32(...args: readonly number[]): void;
    winograd_products_size(outChannels: number, inChannels: number): number;
    winograd_weight_f32_room(geometry: number, gradients: number): number;
    winograd_weight_f32(...args: readonly number[]): void;
    winograd_weights(...args: readonly number[]): void;
    depthwise_f32_room(geometry: number, last: number): number;
    depthwise_f32(...args: readonly number[]): void;
    depthwise_input_f32(...args: readonly number[]): void;
    depthwise_weight_f32(...args: readonly number[]): void;
    conv_input_f32_room(geometry: number): number;
    conv_input_f32(geometry: number, gy: number, w: number, gx: number, room: number): void;
    fill_channels_f32(geometry: number, bias: number, x: number): void;
    layer_norm_f32(
      x: number,
      rows: number,
      n: number,
      w: number,
      b: number,
      eps: number,
      center: number,
      y: number,
      means: number,
      variances: number,
    ): void;
    layer_norm_grad_f32(
      gy: number,
      x: number,
      rows: number,
      n: number,
      w: number,
      eps: number,
      center: number,
      gx: number,
      gw: number,
      gb: number,
      sums: number,
      line: number,
    ): void;
    batch_norm_f32(
      x: number,
      outer: number,
      channels: number,
      inner: number,
      w: number,
      b: number,
      eps: number,
      center: number,
      y: number,
      means: number,
      variances: number,
    ): void;
    batch_norm_grad_f32(
      gy: number,
      x: number,
      outer: number,
      channels: number,
      inner: number,
      w: number,
      eps: number,
      center: number,
      gx: number,
      gw: number,
      gb: number,
    ): void;
    max_pool_f32(
      x: number,
      outer: number,
      inner: number,
      plane: number,
      h: number,
      w: number,
      nd: number,
      sd: number,
      td: number,
      nh: number,
      sh: number,
      th: number,
      nw: number,
      sw: number,
      tw: number,
      y: number,
      index: number,
    ): void;
    max_unpool_f32(
      gy: number,
      index: number,
      outer: number,
      inner: number,
      n: number,
      plane: number,
      gx: number,
      add: number,
      flag: number,
    ): void;
    adam_f32(
      p: number,
      g: number,
      m: number,
      v: number,
      most: number,
      n: number,
      rest1: number,
      beta2: number,
      rest2: number,
      size: number,
      correction: number,
      eps: number,
      decay: number,
      shrink: number,
      sign: number,
    ): void;
    adam_step_f32(
      p: number,
      g: number,
      m: number,
      v: number,
      q: number,
      a: number,
      w: number,
      n: number,
      share1: number,
      share2: number,
      rate: number,
      eps: number,
    ): void;
    sgd_f32(
      p: number,
      g: number,
      buffer: number,
      n: number,
      lr: number,
      momentum: number,
      rest: number,
      decay: number,
      nesterov: number,
      sign: number,
    ): void;
    log_sums_f32(x: number, lines: number, n: number, out: number): void;
    cross_entropy_grad_f32(
      x: number,
      lines: number,
      n: number,
      classes: number,
      scales: number,
      gx: number,
    ): void;
    take_rows_f32(w: number, step: number, ids: number, count: number, n: number, y: number): void;
    add_rows_f32(g: number, ids: number, shares: number, count: number, n: number, y: number): void;
    /** See `packages/kernel/wasm/pool/mean.ts` for the arguments. */
    mean_pool_f32(...args: readonly number[]): void;
    /** See `packages/kernel/wasm/recurrent` for the arguments. */
    rnn_f32(...args: readonly number[]): void;
    rnn_grad_f32(...args: readonly number[]): void;
    gru_f32(...args: readonly number[]): void;
    gru_grad_f32(...args: readonly number[]): void;
    lstm_f32(...args: readonly number[]): void;
    lstm_grad_f32(...args: readonly number[]): void;
    attention_f32_room(keys: number, width: number, values: number, back: number): number;
    attention_f32(calls: number, count: number, room: number): void;
    attention_grad_f32(calls: number, count: number, room: number): void;
  };
