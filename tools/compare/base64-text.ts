/** The text that a base64 text such as user data holds, or undefined for anything else. */
export function textInBase64(text: string): string | undefined {
  if (text.length < SHORTEST || text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return BINARY.test(decoded) ? undefined : decoded;
}

/** What is shorter is more likely a word. */
const SHORTEST = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
// eslint-disable-next-line no-control-regex -- what a text does not have
const BINARY = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;
