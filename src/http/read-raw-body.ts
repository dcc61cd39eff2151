import type { IncomingMessage } from "node:http";

/** `bytes` of a body that was not read to its end: what was announced, or what had come by then. */
export type RawBody =
  { kind: "whole"; rawBody: Buffer } | { kind: "too_large"; bytes: number } | { kind: "cut_off"; bytes: number };

/**
 * The body exactly as it came, byte for byte: the signature is over that. One that is longer than `limitBytes` is known
 * by its Content-Length before a byte is read, and without one as soon as the limit is passed; the rest is thrown away
 * as it comes. (`express.raw` would answer only when such a body had come to its end.) Never rejects.
 */
export function readRawBody(request: IncomingMessage, limitBytes: number): Promise<RawBody> {
  const announcedBytes = Number(request.headers["content-length"] ?? 0);
  if (announcedBytes > limitBytes) return Promise.resolve({ kind: "too_large", bytes: announcedBytes });

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else resolve({ kind: "too_large", bytes });
    });
    request.on("end", () => resolve({ kind: "whole", rawBody: Buffer.concat(chunks) }));
    request.on("error", () => resolve({ kind: "cut_off", bytes }));
    // Comes after "end" too, and then changes nothing any more.
    request.on("close", () => resolve({ kind: "cut_off", bytes }));
  });
}
