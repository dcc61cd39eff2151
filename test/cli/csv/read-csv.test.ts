import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CsvProblem } from "../../../src/cli/csv/csv-problem.ts";
import { detectDelimiter } from "../../../src/cli/csv/detect-delimiter.ts";
import { readCell } from "../../../src/cli/csv/read-cell.ts";
import { readCsv } from "../../../src/cli/csv/read-csv.ts";

describe("reading a CSV file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "customer-health-csv-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function read(content: string | Buffer) {
    const file = join(folder, "customers.csv");
    await writeFile(file, content);
    const { columns, delimiter, hasBom, rows } = await readCsv(file);
    const read: string[][] = [];
    for await (const row of rows) read.push(row);
    return { columns, delimiter, hasBom, rows: read };
  }

  test.each<[string, string, object]>([
    ["commas", "id,seats\n1,5\n", { columns: ["id", "seats"], delimiter: ",", hasBom: false, rows: [["1", "5"]] }],
    [
      "semicolons and a mark",
      "\uFEFFid;seats\r\n1;5,5\r\n",
      { columns: ["id", "seats"], delimiter: ";", hasBom: true, rows: [["1", "5,5"]] },
    ],
    ["tabs", "id\tseats\n1\t5", { delimiter: "\t", rows: [["1", "5"]] }],
    [
      "quotes",
      '"id, the key",seats\n"a ""b"",\nc",5\n',
      { columns: ["id, the key", "seats"], rows: [['a "b",\nc', "5"]] },
    ],
    ["empty lines", "id,seats\n\n1,5\n\n", { rows: [["1", "5"]] }],
    ["no row", "id\n", { columns: ["id"], rows: [] }],
  ])("takes %s", async (_, content, expected) => {
    expect(await read(content)).toMatchObject(expected);
  });

  test.each<[string, string | Buffer, number | null, RegExp]>([
    ["nothing", "", null, /is empty/],
    ["a column without a name", "id,,seats\n", 1, /column 2 has no name/],
    ["a column twice", "id,seats,id\n", 1, /columns 1 and 3 are both called "id"/],
    ["too few cells", "id,seats\n1,5\n2\n", 3, /expected 2 cells as in the header, found 1/],
    ["too many cells", "id,seats\n1,5,6\n", 2, /expected 2 cells as in the header, found 3/],
    ["a quote that is not closed", 'id,seats\n"1,5\n', 2, /cannot be read as CSV/],
    ["Latin-1", Buffer.from("id,beløp\n", "latin1"), null, /is not UTF-8/],
  ])("refuses %s", async (_, content, line, message) => {
    const reading = read(content);
    await expect(reading).rejects.toThrow(CsvProblem);
    await expect(reading).rejects.toMatchObject({ line, message: expect.stringMatching(message) });
  });

  it("says so where the file is not there", async () => {
    await expect(readCsv(join(folder, "nowhere.csv"))).rejects.toThrow(/nowhere\.csv: cannot be read \(ENOENT\)/);
  });
});

test.each([
  ['"a;b;c",d', ","],
  ["a;b,c;d", ";"],
  ["a\tb", "\t"],
  ["alone", ","],
  ["a,b\nc;d;e;f", ","],
] as const)("the delimiter of %j is %j", (header, delimiter) => {
  expect(detectDelimiter(header)).toBe(delimiter);
});

test.each([
  ["1.234,56", ";", "1234.56"],
  ["-0,5", ";", "-0.5"],
  ["1.234,56", ",", "1.234,56"],
  ["1,2,3", ";", "1,2,3"],
  ["12.34,5", ";", "12.34,5"],
  ["1.234", ";", "1234"],
  ["50.000", ",", "50.000"],
  ["50 000", ";", "50000"],
  ["50\u00a0000,5", ";", "50000.5"],
  ["12 34", ";", "12 34"],
  ["28.9.2026", ";", "2026-09-28"],
  ["01.10.2026", ",", "2026-10-01"],
  ["28/09/2026", ";", "28/09/2026"],
  ["  text ", ";", "text"],
  ["  ", ";", null],
] as const)("the cell %j between %j is %j", (cell, delimiter, value) => {
  expect(readCell(cell, delimiter)).toBe(value);
});
