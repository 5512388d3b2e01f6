import { loadContainer } from "./compose";
import { loadConfig, loadSecrets } from "./config";
import { planStack } from "./plan";
import { declareStack, type StackOutputs } from "./stack";

export = (): StackOutputs => {
  const config = loadConfig();
  const container = loadContainer(config.container.composeFile, config.container.composeService);
  return declareStack(planStack(config, container), loadSecrets());
};
