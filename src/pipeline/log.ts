/**
 * What every room says to the operator. A pino logger is one; so is anything with these methods, so that no room has
 * to know the library.
 *
 * The message is fixed text and what varies goes into `fields`; an error goes into `fields.error`. `error` means that a
 * person must act, `warn` that something was refused or put off, `info` what a healthy day shows.
 */
export type Log = {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): Log;
};

export type LogFields = Record<string, unknown>;
