import { pyClass } from "@cognate/py";
import { GraphDef as GraphMessage, MetaGraphDef as MetaMessage } from "../saved/messages.js";

/** `tf.GraphDef`: a graph as files hold it; `ParseFromString` and `SerializeToString` read and write the bytes. */
export const GraphDef = pyClass("tensorflow.core.framework.graph_pb2.GraphDef", "fields", GraphMessage);
/** `tf.MetaGraphDef`: a graph with its collections, signatures, and the names that a Saver needs. */
export const MetaGraphDef = pyClass(
  "tensorflow.core.protobuf.meta_graph_pb2.MetaGraphDef",
  "fields",
  MetaMessage,
);
