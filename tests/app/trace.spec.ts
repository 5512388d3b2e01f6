import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import fc from "fast-check";
import { identifyRequest, readTrace } from "../../app/src/trace";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

function aMessage(headers: Readonly<Record<string, string>>): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { headers: { ...headers } });
}

describe("identifyRequest", () => {
  for (const id of ["a", "A-Z_0.9~", "f".repeat(128)]) {
    it(`takes the id ${id.slice(0, 10)} of ${id.length} characters`, () => {
      assert.equal(identifyRequest(aMessage({ "x-request-id": id })), id);
    });
  }

  for (const id of ["", " ", "a b", 'a"b', "a\nb", "a/b", "ä", "f".repeat(129), "one, two"]) {
    it(`makes a new id instead of ${JSON.stringify(id.slice(0, 10))} of ${id.length} characters`, () => {
      assert.match(identifyRequest(aMessage({ "x-request-id": id })), uuid);
    });
  }

  it("makes a new id for each request without one", () => {
    const ids = [identifyRequest(aMessage({})), identifyRequest(aMessage({}))];

    assert.match(ids[0] ?? "", uuid);
    assert.notEqual(ids[0], ids[1]);
  });
});

describe("readTrace", () => {
  const traceOf = (headers: Readonly<Record<string, string>>) => {
    const message = aMessage(headers);
    identifyRequest(message);
    return [readTrace(message.headers), Object.values(message.headers).filter(Boolean)];
  };

  const parents = [
    `00-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-ff`,
    `01-${traceId}-${spanId}-00`,
    `cc-${traceId}-${spanId}-00-what.the-future.will-be`,
  ];
  for (const traceparent of parents) {
    it(`reads traceparent ${traceparent}`, () => {
      assert.deepEqual(traceOf({ traceparent }), [{ traceId, spanId }, [traceparent]]);
    });
  }

  const brokenParents = [
    "",
    traceId,
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-1`,
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
    `cc-${traceId}-${spanId}-00more`,
    `cc-${traceId}-${spanId}-00-${"x".repeat(201)}`,
  ];
  for (const traceparent of brokenParents) {
    it(`drops traceparent ${traceparent.slice(0, 80)}`, () => {
      assert.deepEqual(traceOf({ traceparent }), [{}, []]);
    });
  }

  const root = "Root=1-67891233-abcdef012345678912345678";
  const amznIds = [
    root,
    `${root};Parent=53995c3f42cd8ad8;Sampled=1`,
    `Self=1-67891234-12456789abcdef012345678;${root};CalledFrom=app`,
    `Self=1-67891234-12456789abcdef012345678;`,
    `${root};Lineage=1:a87bd80c|68fd508a`,
  ];
  for (const amznTraceId of amznIds) {
    it(`reads x-amzn-trace-id ${amznTraceId}`, () => {
      assert.deepEqual(traceOf({ "x-amzn-trace-id": amznTraceId }), [
        { amznTraceId },
        [amznTraceId],
      ]);
    });
  }

  const brokenAmznIds = [
    "",
    "Root",
    "Sampled=1",
    `${root};`.repeat(20),
    `${root};token="x"`,
    `${root};a=b c`,
    `${root};;`,
    `${root}, ${root}`,
  ];
  for (const header of brokenAmznIds) {
    it(`drops x-amzn-trace-id ${JSON.stringify(header.slice(0, 60))}`, () => {
      assert.deepEqual(traceOf({ "x-amzn-trace-id": header }), [{}, []]);
    });
  }

  it("reads both at once, and takes time that grows with the length of a header only", () => {
    const started = performance.now();
    fc.assert(
      fc.property(
        fc.constantFrom("traceparent", "x-amzn-trace-id", "x-request-id"),
        fc.array(fc.constantFrom("a=", "0", "-", "=", ";", "Root=1-", "f"), { maxLength: 4000 }),
        (name, parts) => {
          const message = aMessage({ [name]: parts.join("") });
          assert.match(identifyRequest(message), /^[\w.~-]{1,128}$/);
          readTrace(message.headers);
        },
      ),
      { seed: 5, numRuns: 200 },
    );

    assert.ok(performance.now() - started < 2000);
    assert.deepEqual(
      traceOf({ traceparent: `00-${traceId}-${spanId}-01`, "x-amzn-trace-id": root })[0],
      { traceId, spanId, amznTraceId: root },
    );
  });
});
