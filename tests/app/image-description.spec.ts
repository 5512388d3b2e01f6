import assert from "node:assert/strict";
import { describeImage } from "./image-description";

const dockerfile = `
ARG NODE_IMAGE=node:24
FROM \${NODE_IMAGE} AS build
USER root
EXPOSE 9229
CMD ["npm", "start"]

FROM \${NODE_IMAGE} AS service
ENV NODE_ENV=production \\
  NODE_OPTIONS="--enable-source-maps --max-old-space-size=256"
WORKDIR /srv/app
# USER root
USER 10001:10001
EXPOSE 3000/tcp 9090
CMD ["node", "dist/server.js"]
ENV LAST=1

FROM service AS debug
USER root
`;

describe("describeImage", () => {
  it("reads one stage, with several values and continued lines, and no comment", () => {
    assert.deepEqual(describeImage(dockerfile, "service"), {
      exposedPorts: [3000, 9090],
      user: "10001:10001",
      workingDirectory: "/srv/app",
      command: ["node", "dist/server.js"],
      environment: {
        NODE_ENV: "production",
        NODE_OPTIONS: "--enable-source-maps --max-old-space-size=256",
        LAST: "1",
      },
    });
  });

  it("has no command where a shell would run it, and nothing of an unknown stage", () => {
    const nothing = {
      exposedPorts: [],
      user: undefined,
      workingDirectory: undefined,
      command: undefined,
      environment: {},
    };

    assert.deepEqual(
      describeImage("FROM a AS service\nCMD node dist/server.js\n", "service"),
      nothing,
    );
    assert.deepEqual(describeImage(dockerfile, "production"), nothing);
  });
});
