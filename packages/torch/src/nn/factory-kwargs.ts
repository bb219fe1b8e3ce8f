import { repr, TypeError } from "@cognate/py";

const SIMPLE = ["device", "dtype", "memory_format"];
type Keywords = Readonly<Record<string, unknown>>;

/**
 * `torch.nn.factory_kwargs(kwargs)`: `device`, `dtype` and `memory_format` out of a module's keywords, for `torch.empty` and
 * its kin; those under `factory_kwargs` count, too.
 *
 * @throws TypeError for other keywords, and for one given twice
 */
export function factory_kwargs(kwargs: Keywords | null): Record<string, unknown> {
  if (kwargs === null) return {};
  const others = Object.keys(kwargs).filter((key) => !SIMPLE.includes(key) && key !== "factory_kwargs");
  if (others.length > 0) throw new TypeError(`unexpected kwargs ${repr(new Set(others))}`);
  const out: Record<string, unknown> = { ...(kwargs.factory_kwargs as Keywords | undefined) };
  for (const key of SIMPLE) {
    if (!(key in kwargs)) continue;
    if (key in out) throw new TypeError(`${key} specified twice, in **kwargs and in factory_kwargs`);
    out[key] = kwargs[key];
  }
  return out;
}
