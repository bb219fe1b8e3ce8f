export * from "./bins";
export * from "./exact";
export * from "./histogram";
export * from "./split";
export * from "./walk";
