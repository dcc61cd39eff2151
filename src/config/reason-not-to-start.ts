/**
 * What to tell the operator about an error that keeps a command from going on: the message alone where it is one of
 * ours, which names place, value and what is allowed; with the stack where it is a fault of the program.
 */
export function reasonNotToStart(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFault = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  return isFault ? (error.stack ?? error.message) : error.message;
}
