/** What came of calling an address: an answer, whatever its status, or what kept it from coming. */
export type Reached = { status: number; text: string; durationMs: number; date: Date | null } | { fault: Fault };

/** `code` is the system's word for it, as ENOTFOUND. */
export type Fault = { kind: "name" | "refused" | "certificate" | "timeout" | "connection"; code: string };

/** Why nothing answered, in words. */
export function sayFault({ kind, code }: Fault): string {
  switch (kind) {
    case "name":
      return `its name is not known (DNS: ${code})`;
    case "refused":
      return "nothing listens there (connection refused)";
    case "certificate":
      return `its certificate is not trusted (TLS: ${code})`;
    case "timeout":
      return "it did not answer in time";
    case "connection":
      return `the connection failed (${code})`;
  }
}
