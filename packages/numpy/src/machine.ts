// What NumPy says about itself and the machine.

import { def } from "@cognate/py";
import { __version__ } from "./constants.js";

let bufferSize = 8192;

/** How many elements NumPy's ufuncs convert at once; here it has no effect. */
export const getbufsize = def("numpy.getbufsize", "", (): number => bufferSize);
/** Sets what {@link getbufsize} gives; returns what it was. */
export const setbufsize = def("numpy.setbufsize", "size", (size: number): number => {
  const before = bufferSize;
  bufferSize = size;
  return before;
});

/** How this package was made. */
export const show_config = def("numpy.show_config", "mode", (mode = "stdout"): object | null => {
  const config = { "Build Dependencies": { blas: { name: "cognate-kernel" } }, "NumPy version": __version__ };
  if (mode === "dicts") return config;
  console.log(JSON.stringify(config, null, 2));
  return null;
});
/** What it runs on. */
export const show_runtime = def("numpy.show_runtime", "", (): null => {
  console.log(JSON.stringify([{ numpy_version: __version__ }], null, 1));
  return null;
});
