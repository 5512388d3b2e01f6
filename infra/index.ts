import { loadContainer } from "./compose";
import { isForRepository, loadConfig, loadSecrets } from "./config";
import { planStack } from "./plan";
import { declareRepository, declareStack, type StackOutputs } from "./stack";

export = (): Partial<StackOutputs> => {
  const config = loadConfig();
  const container = loadContainer(config.container.composeFile, config.container.composeService);
  if (isForRepository(config)) {
    // An image that is not there yet cannot be looked up.
    const image = { ...config.image, imageDigest: undefined };
    return declareRepository(planStack({ ...config, image }, container));
  }
  return declareStack(planStack(config, container), loadSecrets());
};
