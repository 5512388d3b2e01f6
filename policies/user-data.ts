import { gunzipSync } from "node:zlib";

/** EC2 takes no more than this before encoding; compressed, several times as much comes out of it. */
const MOST_BYTES = 1024 * 1024;

/**
 * User data as the instance reads it: decoded from base64, and uncompressed where it is a gzip file, as
 * cloud-init takes it. What is damaged or too large stays as it is.
 */
export function decodeUserData(userData: string): string {
  const bytes = Buffer.from(userData, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes.toString();
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString();
  } catch {
    return bytes.toString();
  }
}
