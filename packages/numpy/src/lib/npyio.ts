export { NpzFile } from "../io/files.js";
