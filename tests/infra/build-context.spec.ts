import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import fs from "node:fs";
import path from "node:path";
import { hashBuildContext, listBuildContext } from "../../infra/build-context";
import type { ProjectFolder } from "./compose/project-folder";
import { aProjectFolder, insideFolder } from "./compose/project-folder";

const FILES = {
  Dockerfile: "FROM scratch\n",
  "package.json": "{}\n",
  "src/server.js": "start();\n",
  "src/routes/health.js": "ok();\n",
};

const BUILD = { context: ".", dockerfile: "Dockerfile", target: undefined, args: {} };

type Build = Parameters<typeof hashBuildContext>[0];

describe("build context", () => {
  let project: ProjectFolder;
  beforeEach(() => {
    project = aProjectFolder(FILES);
  });
  afterEach(() => {
    project.remove();
  });

  const hash = (change: Partial<Build> = {}, folder = project) =>
    insideFolder(folder.root, () => {
      const build = { ...BUILD, ...change };
      return hashBuildContext(build, listBuildContext(build.context, build.dockerfile));
    });
  const list = () =>
    insideFolder(project.root, () => listBuildContext(".", "Dockerfile")).map((e) => e.relative);
  const inside = (name: string) => path.join(project.root, name);

  /** Folders that are read while listing. */
  const foldersRead = () => {
    const read: string[] = [];
    const original = fs.readdirSync;
    try {
      fs.readdirSync = ((folder: string, ...rest: []) => {
        read.push(folder);
        return original(folder, ...rest);
      }) as typeof fs.readdirSync;
      list();
    } finally {
      fs.readdirSync = original;
    }
    return read.sort();
  };

  describe("hashBuildContext", () => {
    it("gives the same for a copy with another order and time", () => {
      const copy = aProjectFolder(Object.fromEntries(Object.entries(FILES).reverse()));
      mkdirSync(path.join(copy.root, "empty"));
      utimesSync(path.join(copy.root, "package.json"), 1, 1);

      assert.equal(hash({}, copy), hash());
      copy.remove();
    });

    it("stays the same from one release of this project to the next", () => {
      assert.equal(hash(), "c9a99afca2e08aaf0f54a1d66b30ebcab16683d4decb1d746b229d53219712fd");
    });

    for (const [what, change] of [
      [
        "a content",
        () => {
          project.write({ "package.json": "{ }\n" });
        },
      ],
      [
        "a file more",
        () => {
          project.write({ "src/new.js": "" });
        },
      ],
      [
        "a file less",
        () => {
          rmSync(inside("src/server.js"));
        },
      ],
      [
        "a name",
        () => {
          fs.renameSync(inside("src/server.js"), inside("src/main.js"));
        },
      ],
      [
        "a permission",
        () => {
          chmodSync(inside("src/server.js"), 0o600);
        },
      ],
      [
        "the Dockerfile",
        () => {
          project.write({ Dockerfile: "FROM node\n" });
        },
      ],
      [
        "the ignore file",
        () => {
          project.write({ ".dockerignore": "# none\n" });
        },
      ],
      [
        "a link for a file",
        () => {
          rmSync(inside("package.json"));
          symlinkSync("src/server.js", inside("package.json"));
        },
      ],
    ] as const) {
      it(`changes with ${what}`, () => {
        const before = hash();
        change();

        assert.notEqual(hash(), before);
      });
    }

    it("changes with the target, each argument and their names", () => {
      const variants = [
        {},
        { target: "service" },
        { args: { A: "1" } },
        { args: { A: "2" } },
        { args: { B: "1" } },
        { args: { A: "1", B: "1" } },
      ].map((change) => hash(change));

      assert.equal(new Set(variants).size, variants.length);
    });

    it("is the same for arguments in another order", () => {
      assert.equal(hash({ args: { A: "1", B: "2" } }), hash({ args: { B: "2", A: "1" } }));
    });

    it("changes with a link's target, not with what it leads to", () => {
      symlinkSync("src", inside("link"));
      const before = hash({ dockerfile: "package.json" });
      rmSync(inside("link"));
      symlinkSync("src/routes", inside("link"));

      assert.notEqual(hash({ dockerfile: "package.json" }), before);
      assert.ok(list().includes("link") && !list().includes("link/health.js"));
    });

    it("does not change with what is ignored", () => {
      project.write({ ".dockerignore": "node_modules\n**/*.log\n" });
      const before = hash();
      project.write({ "node_modules/a/index.js": "1", "src/debug.log": "1" });

      assert.equal(hash(), before);
    });

    it("changes with a Dockerfile that is ignored itself", () => {
      project.write({ ".dockerignore": "Dockerfile\n" });
      const before = hash();
      project.write({ Dockerfile: "FROM node\n" });

      assert.notEqual(hash(), before);
    });

    it("reads files that are larger than its buffer", () => {
      const large = "x".repeat(3_000_000);
      project.write({ large });
      const before = hash();
      project.write({ large: `${large.slice(0, -1)}y` });

      assert.notEqual(hash(), before);
    });
  });

  describe("listBuildContext", () => {
    it("lists everything where there is no ignore file, in the order of code units", () => {
      project.write({ "src.js": "", Z: "", a: "" });

      assert.deepEqual(list(), [
        "Dockerfile",
        "Z",
        "a",
        "package.json",
        "src.js",
        "src/routes/health.js",
        "src/server.js",
      ]);
    });

    it("tells upper case from lower case, as Docker does", () => {
      project.write({ ".dockerignore": "SRC\n.dockerignore\n" });

      assert.ok(list().includes("src/server.js"));
    });

    it("prefers the ignore file of the Dockerfile to that of the context", () => {
      project.write({ ".dockerignore": "src\n", "Dockerfile.dockerignore": "*\n!package.json\n" });

      assert.deepEqual(list(), ["package.json"]);
    });

    it("never enters an ignored folder that nothing keeps", () => {
      project.write({ ".dockerignore": "node_modules\n", "node_modules/a/b/index.js": "" });

      assert.deepEqual(foldersRead(), [".", "src", "src/routes"]);
    });

    it("enters only the folders that a whitelist can keep something in", () => {
      project.write({
        ".dockerignore": "*\n!/app/src/\n!package.json\n",
        "app/src/lib/a.js": "",
        "app/dist/b.js": "",
        "node_modules/c/index.js": "",
      });

      assert.deepEqual(list(), ["app/src/lib/a.js", "package.json"]);
      assert.deepEqual(foldersRead(), [".", "app", "app/src", "app/src/lib"]);
    });

    it("enters folders that a wildcard of a kept path matches, to its depth", () => {
      project.write({
        ".dockerignore": "**\n!packages/*/src/main.js\n",
        "packages/a/src/main.js": "",
        "packages/a/test/deep/x.js": "",
        "packages/b/README.md": "",
        "other/a/src/main.js": "",
      });

      assert.deepEqual(list(), ["packages/a/src/main.js"]);
      const folders = [".", "packages", "packages/a", "packages/a/src", "packages/b"];
      assert.deepEqual(foldersRead(), folders);
    });

    it("finds what a pattern of any depth keeps, even among installed packages", () => {
      project.write({
        ".dockerignore": "*\n!**/keep.txt\n",
        "node_modules/a/keep.txt": "",
        "node_modules/a/drop.txt": "",
      });

      assert.deepEqual(list(), ["node_modules/a/keep.txt"]);
    });

    it("lets a later line ignore again what an earlier one kept", () => {
      project.write({
        ".dockerignore": "*\n!src\nsrc/routes\n",
      });

      assert.deepEqual(list(), ["src/server.js"]);
      assert.deepEqual(foldersRead(), [".", "src"]);
    });

    it("names the folder that Docker's archive leaves out although a pattern keeps a file in it", () => {
      project.write({ ".dockerignore": "*\n!src/**/*.js\n" });

      const entries = insideFolder(project.root, () => listBuildContext(".", "Dockerfile"));

      assert.deepEqual(entries, [
        { relative: "src/routes/health.js", isLink: false, skippedFolder: "src/routes" },
        { relative: "src/server.js", isLink: false, skippedFolder: undefined },
      ]);
    });
  });
});
