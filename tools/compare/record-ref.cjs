"use strict";

const { start } = require("../preview/start-command.cjs");

start(require.resolve("./record-ref.ts"), "compare-ref");
