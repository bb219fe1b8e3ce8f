import { className } from "@cognate/py";
import * as functional from "../nn/functional/index.js";
import * as nn from "../nn/index.js";
import * as init from "../nn/init.js";
import { layerNamed, usedClasses } from "../nn/module/registry.js";
import * as functions from "../ops/functions.js";
import * as pointwise from "../ops/pointwise.js";
import * as structure from "../ops/structure.js";
import * as special from "../special.js";
import { pathOf } from "./safe-globals.js";

type Functions = Readonly<Record<string, unknown>>;

/** Where PyTorch's functions stand here, by the modules under which pickles name them. */
const MODULES: Readonly<Record<string, readonly Functions[]>> = {
  "torch.nn.functional": [functional],
  "torch._C._nn": [functional],
  "torch.nn.init": [init],
  torch: [functions, pointwise, structure, functional],
  "torch._C._special": [special],
};

/** Names that PyTorch's inner modules have for functions of another name. */
const INNER: Readonly<Record<string, string>> = { log_sigmoid: "logsigmoid", _threshold: "threshold" };

/** PyTorch's own function of that name, or `undefined`. */
export function functionNamed(module: string, name: string): Function | undefined {
  const own = module === "torch._C._special" ? name.replace(/^special_/, "") : (INNER[name] ?? name);
  for (const functions of MODULES[module] ?? []) {
    const f = Object.hasOwn(functions, own) ? functions[own] : undefined;
    if (typeof f === "function") return f;
  }
  return undefined;
}

let byFunction: Map<unknown, string> | undefined;

/** The path under which Python finds one of PyTorch's functions, or `undefined` for any other function. */
export function pathOfFunction(f: Function): string | undefined {
  if (!byFunction) {
    byFunction = new Map();
    for (const module of ["torch.nn.functional", "torch", "torch.nn.init"])
      for (const functions of MODULES[module]!)
        for (const [name, value] of Object.entries(functions))
          if (!byFunction.has(value)) byFunction.set(value, `${module}.${name}`);
    for (const [name, value] of Object.entries(special))
      if (!byFunction.has(value)) byFunction.set(value, `torch.special.${name}`);
  }
  return byFunction.get(f);
}

/** Layers note their paths when their modules run: this names all of them, so that bundlers leave none out where files are read. */
const LAYERS: object = nn;

/** The class of a layer by its path, also by one that older versions of PyTorch had for it. */
export const stockClass = (path: string): Function | undefined => (LAYERS ? layerNamed(path) : undefined);

/**
 * The class of the program's own that a file means: the one of that path, else one of that name, as JavaScript's classes
 * do not know their module. Those made last come first.
 */
export function usedClass(path: string, known: Iterable<Function>): Function | undefined {
  const own = [...known, ...[...usedClasses()].reverse()].filter((C) => !layerNamed(pathOf(C)));
  const name = path.slice(path.lastIndexOf(".") + 1);
  return own.find((C) => pathOf(C) === path) ?? own.find((C) => className(C) === name);
}
