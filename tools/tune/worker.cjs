"use strict";

require("sucrase/register/ts");

require("./worker.ts").main();
