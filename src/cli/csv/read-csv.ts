import { CsvError, parse } from "csv-parse";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { CsvProblem } from "./csv-problem.ts";
import { detectDelimiter, type Delimiter } from "./detect-delimiter.ts";

/** A table: its columns, and its rows as they are read, each with as many cells as there are columns. */
export type CsvTable = {
  file: string;
  columns: string[];
  delimiter: Delimiter;
  hasBom: boolean;
  rows: AsyncIterable<string[]>;
};

/** Enough for any header; the delimiter is found in it. */
const HEAD_BYTES = 256 * 1024;
const BOM = "\uFEFF";

type Row = { record: string[]; info: { lines: number } };

/**
 * Opens a CSV file: UTF-8 with or without a byte order mark, cells between commas, semicolons or tabs, quoted or not. It is
 * read row by row, so that its size does not matter. Throws `CsvProblem`, also while the rows are read.
 */
export async function readCsv(file: string): Promise<CsvTable> {
  const head = await readHead(file);
  const delimiter = detectDelimiter(head.replace(BOM, ""));
  const rows = readRows(file, delimiter);
  const first = await rows.next();
  if (first.done)
    throw new CsvProblem(file, null, "is empty: expected a line of column names, then a line per customer");
  const columns = first.value.record.map((name) => name.trim());
  checkColumns(file, columns);
  return { file, columns, delimiter, hasBom: head.startsWith(BOM), rows: cellsOf(file, columns.length, rows) };
}

async function readHead(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* readRows(file: string, delimiter: Delimiter): AsyncGenerator<Row, void> {
  const parser = parse({ delimiter, bom: true, info: true, skip_empty_lines: true, relax_column_count: true });
  const reading = pipeline(readText(file), parser);
  // The parser throws the same where it is read from.
  reading.catch(() => undefined);
  try {
    for await (const row of parser) yield row as Row;
    await reading;
  } catch (error) {
    if (!(error instanceof CsvError)) throw unreadable(file, error);
    const { lines } = error as CsvError & { lines?: number };
    throw new CsvProblem(file, lines ?? null, `cannot be read as CSV: ${error.message}`, { cause: error });
  }
}

async function* readText(file: string): AsyncGenerator<string> {
  await using handle = await open(file);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  yield decoder.decode();
}

async function* cellsOf(file: string, columns: number, rows: AsyncGenerator<Row, void>): AsyncGenerator<string[]> {
  for await (const { record, info } of rows) {
    if (record.length !== columns) {
      throw new CsvProblem(file, info.lines, `expected ${columns} cells as in the header, found ${record.length}`);
    }
    yield record;
  }
}

function checkColumns(file: string, columns: readonly string[]): void {
  for (const [index, name] of columns.entries()) {
    if (name === "") throw new CsvProblem(file, 1, `column ${index + 1} has no name`);
    const before = columns.indexOf(name);
    if (before < index) {
      throw new CsvProblem(file, 1, `columns ${before + 1} and ${index + 1} are both called ${JSON.stringify(name)}`);
    }
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (typeof error !== "object" || error === null || !("code" in error)) return error;
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return new CsvProblem(file, null, 'is not UTF-8: save it as "CSV UTF-8"', { cause: error });
  }
  return "syscall" in error
    ? new CsvProblem(file, null, `cannot be read (${String(error.code)})`, { cause: error })
    : error;
}
