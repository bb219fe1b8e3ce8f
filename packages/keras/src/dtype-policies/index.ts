export { DTypePolicy, type DTypePolicyLike, get, get as deserialize, serialize } from "./dtype-policy.js";
