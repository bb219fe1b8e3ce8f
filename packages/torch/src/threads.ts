import { getThreads, setThreads } from "@cognate/kernel";
import { def, RuntimeError, type } from "@cognate/py";

/**
 * `torch.get_num_threads`: how many threads compute.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.set_num_threads(1);
 * print(torch.get_num_threads()); // prints 1
 * ```
 */
export const get_num_threads = def("torch.get_num_threads", "", (): number => getThreads());

/**
 * `torch.set_num_threads`: sets how many threads compute. Results do not depend on it.
 *
 * @throws RuntimeError for anything but a positive integer
 */
export const set_num_threads = def("torch.set_num_threads", "int", (int: number): void => {
  if (typeof int !== "number" || !Number.isInteger(int))
    throw new RuntimeError(`set_num_threads expects an int, but got ${type(int).__name__}`);
  if (int < 1) throw new RuntimeError("set_num_threads expects a positive integer");
  setThreads(int);
});
