/** `torch.utils.data`: data sets, samplers, and loaders that read them in batches. */
export { default_collate, default_convert } from "./collate.js";
export { DataLoader } from "./dataloader.js";
export { DataChunk, DFIterDataPipe, functional_datapipe, IterDataPipe, MapDataPipe } from "./datapipe.js";
export {
  ChainDataset,
  ConcatDataset,
  Dataset,
  IterableDataset,
  random_split,
  StackDataset,
  Subset,
  TensorDataset,
} from "./dataset.js";
export { DistributedSampler } from "./distributed.js";
export {
  BatchSampler,
  RandomSampler,
  Sampler,
  SequentialSampler,
  SubsetRandomSampler,
  WeightedRandomSampler,
} from "./sampler.js";

/** What a worker process would know of itself; there are none, so `null`. */
export const get_worker_info = (): null => null;
