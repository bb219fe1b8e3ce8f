import { LayerImpl } from "../layers/layer.js";

/** What models know of training. */
export abstract class TrainerImpl extends LayerImpl {}
