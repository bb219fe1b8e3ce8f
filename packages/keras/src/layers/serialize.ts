import { deserialized, serialized } from "../object-registry.js";
import type { LayerImpl } from "./layer.js";

/** A layer as files hold it. */
export const serialize = (layer: unknown): unknown => serialized(layer);

/** The layer that a configuration of a file describes. @throws ValueError */
export const deserialize = (
  config: Readonly<Record<string, unknown>>,
  custom_objects: Readonly<Record<string, unknown>> | null = null,
): LayerImpl => deserialized(config, {}, custom_objects) as LayerImpl;
