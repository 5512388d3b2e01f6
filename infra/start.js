"use strict";

// Starts index.ts for the engine.
require("./typescript.js");

module.exports = require("./index.ts");
