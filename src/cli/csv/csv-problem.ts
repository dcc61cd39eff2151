/** A CSV file that cannot be read as a table; nothing was written. */
export class CsvProblem extends Error {
  readonly file: string;
  /** Counts from 1; null where the file as a whole is meant. */
  readonly line: number | null;

  constructor(file: string, line: number | null, message: string, options?: ErrorOptions) {
    super(`${line === null ? file : `${file}:${line}`}: ${message}`, options);
    this.name = "CsvProblem";
    this.file = file;
    this.line = line;
  }
}
