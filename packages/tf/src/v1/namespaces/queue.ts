/* `tf.queue`. */
export {
  FIFOQueue,
  PaddingFIFOQueue,
  PriorityQueue,
  QueueBase,
  RandomShuffleQueue,
} from "../queues/queue.js";
