import { context, def, isPlainObject, repr, ValueError } from "@cognate/py";

const MODES: readonly unknown[] = ["full", "activations", "larger_than", "list_of_layers", null];

/**
 * `keras.RematScope`: in Keras, layers that are made in it compute their activations again for gradients, to save memory. The
 * numbers are those without it; here it changes nothing.
 */
export const RematScope = context(
  (
    mode: string | null = "full",
    output_size_threshold: number | null = 1024,
    layer_names: readonly string[] | null = null,
  ) => {
    const given = isPlainObject(mode)
      ? (mode as unknown as Record<string, never>)
      : { mode, output_size_threshold, layer_names };
    const scope = { mode: "full" as string | null, output_size_threshold: 1024, layer_names: null, ...given };
    if (!MODES.includes(scope.mode))
      throw new ValueError(
        `Invalid mode '${scope.mode}'. Supported modes are: 'full', 'activations', 'larger_than', 'list_of_layers', or  None.`,
      );
    return { enter: () => ({ ...scope, layer_names: scope.layer_names ?? [] }), exit: () => {} };
  },
);

/** `keras.remat`: a function whose inside may be computed again for gradients; with the same numbers. */
export const remat = def("keras.remat", "f", <F extends (...args: never[]) => unknown>(f: F): F => {
  if (typeof f !== "function") throw new ValueError(`Expected a function. Received: f=${repr(f)}`);
  return f;
});

/** `keras.device`: where what is computed inside lies; there is one place. */
export const device = context((_name: string) => ({ enter: () => undefined, exit: () => {} }));
