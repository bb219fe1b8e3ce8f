import { isPlainObject, TypeError, ValueError } from "@cognate/py";
import type { DTypeLike } from "../backend/dtype.js";
import type { Shape } from "../backend/shape.js";
import type { ConstraintLike } from "../constraints/index.js";
import type { InitializerLike } from "../initializers/index.js";
import type { RegularizerLike } from "../regularizers/index.js";

/** What `add_weight` takes by name. */
export interface WeightOptions {
  shape?: Shape;
  initializer?: InitializerLike | null;
  dtype?: DTypeLike | null;
  trainable?: boolean;
  autocast?: boolean;
  regularizer?: RegularizerLike | null;
  constraint?: ConstraintLike | null;
  aggregation?: string | null;
  overwrite_with_gradient?: boolean;
  name?: string | null;
}

/** The arguments of `add_weight`, in Keras's order or by name. @throws TypeError, ValueError */
export function weightOptions(...args: readonly unknown[]): WeightOptions {
  const given = args.filter((a) => a !== undefined);
  const last = given[given.length - 1];
  const options = isPlainObject(last) && !("class_name" in last) ? (last as WeightOptions) : {};
  const positional = options === last ? given.slice(0, -1) : given;
  if (positional.length > 3)
    throw new TypeError(
      `add_weight() takes at most 3 positional arguments but ${positional.length} were given.`,
    );
  const [shape, initializer, dtype] = positional;
  if (typeof shape === "string")
    throw new ValueError(
      `\`name\` must be passed as a keyword argument. Received: add_weight('${shape}', ...). Use: add_weight(shape=..., name='${shape}').`,
    );
  const named = { shape, initializer, dtype } as Record<string, unknown>;
  for (const key of Object.keys(named)) {
    if (named[key] === undefined) delete named[key];
    else if (key in options)
      throw new ValueError(`\`${key}\` was passed both positionally and as a keyword argument.`);
  }
  return { ...named, ...options };
}
