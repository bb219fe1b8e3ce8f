import { context, def } from "@cognate/py";
import { currentGraph, setGraph } from "../core/context.js";

/* Scopes that mean little where there is one device and everything runs in order. */

/** `tf.control_dependencies`: functions run in the order in which they are written. */
export const control_dependencies = context((_inputs: readonly unknown[] | null) => ({
  enter: () => null,
  exit: () => {},
}));
/** `tf.device`: there is one. */
export const device = context((_name: string | null) => ({ enter: () => null, exit: () => {} }));
/** `tf.init_scope`: what runs inside is eager, also while a function is traced. */
export const init_scope = context(() => {
  let before: ReturnType<typeof currentGraph> = null;
  return {
    enter(): null {
      before = setGraph(null);
      return null;
    },
    exit(): void {
      setGraph(before);
    },
  };
});
export const inside_function = def("tensorflow.inside_function", "", (): boolean => currentGraph() !== null);
