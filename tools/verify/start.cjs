"use strict";

const { start } = require("../preview/start-command.cjs");

start(require.resolve("./main.ts"), "verify");
