import { writeFileAtomic } from "@cognate/formats";
import { Graph } from "../graph/graph.js";
import { makeFolder } from "../saved/files.js";
import { GraphDef, graphDefOf } from "../saved/messages.js";
import { v1 } from "./make.js";

/** Writes a graph's definition into a folder, as text unless asked otherwise; gives the path. */
export const write_graph = v1(
  "write_graph",
  "graph_or_graph_def logdir name as_text",
  (graph_or_graph_def: unknown, logdir: string, name: string, as_text = true): string => {
    const def =
      graph_or_graph_def instanceof Graph
        ? graph_or_graph_def.as_graph_def()
        : new GraphDef(graphDefOf(graph_or_graph_def));
    makeFolder(logdir);
    const path = `${logdir.replace(/\/$/, "")}/${name}`;
    writeFileAtomic(path, as_text ? new TextEncoder().encode(def.toString()) : def.SerializeToString());
    return path;
  },
);
