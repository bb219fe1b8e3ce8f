export {
  load_model,
  save_model,
} from "../saving/saving-api.js";
export { clone_model } from "./cloning.js";
export { Model } from "./model.js";
export { model_from_json } from "./model-from-json.js";
export { Sequential } from "./sequential.js";
