/** Stands in a graph for a value that only the deployment tells; the engine's own sentinel for any type. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
