import { expect, it, jest } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../e2e/start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

const RULES = `name: Seats
language: en
timezone: Europe/Oslo
customers: { where: { lifecyclestage: customer } }
signals:
  seats: { value: company.seats }
  tickets_open: { count: tickets, where: { open: true } }
  seats_fall: { change: company.seats, over: 30d, as: percent }
  seats_slope: { trend: company.seats, over: 90d, as: percent }
scores:
  health:
    property: chs_health_score
    minimum_coverage: 10%
    dimensions:
      use:
        weight: 1
        rules:
          - { signal: seats, grade: { line: { 0: 0, 10: 100 } } }
          - { signal: tickets_open, grade: { line: { 0: 100, 5: 0 } } }
          - { signal: seats_fall, grade: { line: { -50: 0, 0: 100 } } }
          - { signal: seats_slope, grade: { line: { -50: 0, 0: 100 } } }
    bands: { at_risk: { below: 50, colour: red }, healthy: { colour: green } }
`;

it("says which signals a table cannot tell", async () => {
  const folder = await mkdtemp(join(tmpdir(), "customer-health-unknown-"));
  try {
    const [rules, table] = [join(folder, "rules.yaml"), join(folder, "table.csv")];
    await writeFile(rules, RULES);
    await writeFile(table, "Customer,seats\nA,8\n");
    const { code, stderr } = await runProgram("cli/health.ts", ["score", "--rules", rules, "--csv", table], {});
    expect(code).toBe(0);
    expect(stderr.split("\n")).toEqual([
      "A table holds no records, so these signals are unknown: tickets_open",
      "A table holds no past values, so these signals are unknown: seats_fall, seats_slope",
      "",
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
