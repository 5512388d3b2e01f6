"use strict";

require("../infra/typescript.js");

module.exports = require("./index.ts");
