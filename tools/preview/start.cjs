"use strict";

const { start } = require("./start-command.cjs");

start(require.resolve("./cli.ts"), "preview");
