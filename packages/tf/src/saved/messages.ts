import {
  type ByteInput,
  decodeMessage,
  emptyMessage,
  encodeMessage,
  GraphDef as GraphDefType,
  type Message,
  MetaGraphDef as MetaGraphDefType,
  type NodeDef,
  readGraphDef,
  readMetaGraph,
} from "@cognate/formats";
import { Graph } from "../graph/graph.js";
import { nodeText } from "../graph/node-text.js";
import { graphDef } from "./export.js";
import { importNodes } from "./import.js";

/* `tf.GraphDef`, `tf.MetaGraphDef`: what files of graphs hold, as objects with the methods of protocol buffers. */

const bytesOf = (x: unknown): ByteInput =>
  typeof x === "string" ? Uint8Array.from(x, (c) => c.charCodeAt(0) & 255) : (x as ByteInput);

/** A message with the methods that Python's have. */
class MessageOf<T extends object> {
  protected readonly _type: Message<T>;
  constructor(type: Message<T>, fields: Partial<T> = {}) {
    this._type = type;
    Object.defineProperty(this, "_type", { value: type, enumerable: false });
    Object.assign(this, emptyMessage(type), fields);
  }
  SerializeToString(): Uint8Array {
    return encodeMessage(this._type, this as unknown as Partial<T>);
  }
  /** Takes the fields of a file's bytes; gives how many they were. */
  ParseFromString(bytes: unknown): number {
    const data = bytesOf(bytes) as Uint8Array;
    Object.assign(this, decodeMessage(this._type, data));
    return data.length;
  }
  MergeFromString(bytes: unknown): number {
    return this.ParseFromString(bytes);
  }
  CopyFrom(other: T): void {
    Object.assign(this, decodeMessage(this._type, encodeMessage(this._type, other)));
  }
  ByteSize(): number {
    return this.SerializeToString().length;
  }
}
export class GraphDef extends MessageOf<GraphDefType> {
  declare node: NodeDef[];
  declare library: GraphDefType["library"];
  declare versions: GraphDefType["versions"];
  constructor(fields: Partial<GraphDefType> = {}) {
    super(GraphDefType, fields);
  }
  override toString(): string {
    return graphText(this);
  }
  __str__(): string {
    return this.toString();
  }
}
export class MetaGraphDef extends MessageOf<MetaGraphDefType> {
  declare graph_def: MetaGraphDefType["graph_def"];
  declare signature_def: MetaGraphDefType["signature_def"];
  declare collection_def: MetaGraphDefType["collection_def"];
  constructor(fields: Partial<MetaGraphDefType> = {}) {
    super(MetaGraphDefType, fields);
  }
}

/** A graph's definition: given, or of a file's bytes or path. */
export const graphDefOf = (x: unknown): GraphDefType =>
  x instanceof GraphDef ? (x as unknown as GraphDefType) : readGraphDef(x as ByteInput);
export const metaGraphOf = (x: unknown): MetaGraphDefType =>
  x instanceof MetaGraphDef ? (x as unknown as MetaGraphDefType) : readMetaGraph(x as ByteInput);

/** The text form of a graph. */
export function graphText(def: GraphDef): string {
  const g = new Graph();
  importNodes(g, def as unknown as GraphDefType);
  const lines = g._ops.map((op) => `node {\n${nodeText(op).replace(/^(?=.)/gm, "  ")}}\n`);
  const version = def.versions?.producer;
  return `${lines.join("")}${version ? `versions {\n  producer: ${version}\n}\n` : ""}`;
}

declare module "../graph/graph.js" {
  interface Graph {
    /** The graph as files hold it. */
    as_graph_def(from_version?: number | null, add_shapes?: boolean): GraphDef;
  }
}
Graph.prototype.as_graph_def = function (this: Graph): GraphDef {
  return new GraphDef(graphDef(this) as Partial<GraphDefType>);
};
