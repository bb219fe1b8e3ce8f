/** Facts of the floating types. */
export const finfo = { float32: { eps: 2 ** -23 }, float64: { eps: 2 ** -52 } } as const;
