/** `keras.preprocessing`: what of Keras 2's tools is left. */
import { pad_sequences } from "../utils/sequences.js";
import { timeseries_dataset_from_array } from "../utils/splits.js";

export const sequence = { pad_sequences };
export { timeseries_dataset_from_array };
