export {
  BasicLSTMCell,
  BasicRNNCell,
  DeviceWrapper,
  DropoutWrapper,
  GRUCell,
  LSTMCell,
  LSTMStateTuple,
  MultiRNNCell,
  ResidualWrapper,
  RNNCell,
} from "../rnn/cells.js";
