export { AdditiveAttention, Attention } from "./attention.js";
export { GroupQueryAttention } from "./grouped-query-attention.js";
export { MultiHeadAttention } from "./multi-head-attention.js";
