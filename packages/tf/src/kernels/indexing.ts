import type { OpRow } from "../core/row.js";
import { blocks } from "./blocks.js";
import { gathering } from "./gather.js";
import { padding } from "./pad.js";
import { ranking } from "./ranking.js";
import { scattering } from "./scatter.js";
import { segmented } from "./segments.js";
import { sequences } from "./sequences.js";
import { stitching } from "./stitch.js";
import { stridedSlices } from "./strided-slice.js";
import { different } from "./unique.js";

/** Operations that pick, scatter and rearrange elements. */
export const indexing: Readonly<Record<string, OpRow>> = {
  ...blocks,
  ...different,
  ...gathering,
  ...padding,
  ...ranking,
  ...scattering,
  ...segmented,
  ...sequences,
  ...stitching,
  ...stridedSlices,
};
