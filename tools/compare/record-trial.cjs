"use strict";

const { start } = require("../preview/start-command.cjs");

start(require.resolve("./record-trial.ts"), "compare-trial");
