import { loadConfig } from "./config";
import { type BootstrapOutputs, declareBootstrap } from "./stack";

export = (): BootstrapOutputs => declareBootstrap(loadConfig());
