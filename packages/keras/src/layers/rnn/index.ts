export { Bidirectional } from "./bidirectional.js";
export { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D } from "./conv-lstm.js";
export { GRU, GRUCell } from "./gru.js";
export { LSTM, LSTMCell } from "./lstm.js";
export { RNN } from "./rnn.js";
export { SimpleRNN, SimpleRNNCell } from "./simple-rnn.js";
export { StackedRNNCells } from "./stacked-rnn-cells.js";
export { TimeDistributed } from "./time-distributed.js";
