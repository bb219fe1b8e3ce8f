import { gammaSampleSlopeOf } from "../../math/incomplete-gamma-slope.js";
import { binary } from "../engines/elementwise.js";

/** How samples x of gamma distributions move with their shape a where P(a, x) is held: −(∂P(a, x)/∂a) / p(x; a). */
export const gammaSampleSlope = binary({
  name: "gammaSampleSlope",
  inputs: ["a", "x"],
  dtype: "float",
  reference: gammaSampleSlopeOf,
  noGradient: "the second derivative in a has no closed form",
  domain: [0.4, 3],
  special: [[-1, 1, NaN]],
  source: "implicit reparameterisation: Figurnov, Mohamed and Mnih, 2018, equation 5",
});
