export { dynamic_rnn, static_bidirectional_rnn, static_rnn } from "../rnn/dynamic.js";
export * from "./rnn-cell.js";
