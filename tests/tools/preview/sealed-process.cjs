"use strict";

// Loaded before a program (`node --require`), it refuses every connection, name look-up, datagram and
// child process. A program that goes on in spite of a refusal still ends with exit code 99.
const childProcess = require("node:child_process");
const dgram = require("node:dgram");
const dns = require("node:dns");
const net = require("node:net");

const attempts = [];

function refuse(owner, name) {
  owner[name] = () => {
    attempts.push(name);
    throw new Error(`refused: ${name}`);
  };
}

refuse(net.Socket.prototype, "connect");
refuse(net.Server.prototype, "listen");
refuse(dgram.Socket.prototype, "send");
refuse(dgram.Socket.prototype, "connect");
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  const lookups = Object.getOwnPropertyNames(owner).filter((name) =>
    /^(lookup|resolve|reverse)/.test(name),
  );
  for (const name of lookups) refuse(owner, name);
}
refuse(childProcess.ChildProcess.prototype, "spawn");
for (const name of ["spawnSync", "execSync", "execFileSync"]) refuse(childProcess, name);

process.on("exit", () => {
  if (attempts.length === 0) return;
  process.stderr.write(`refused: ${attempts.join(", ")}\n`);
  process.exitCode = 99;
});
