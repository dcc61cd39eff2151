import { afterAll, beforeAll, describe, expect, it, jest, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram, type Ended } from "../../e2e/start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

const RULES = `name: Subscribers
language: en
timezone: Europe/Oslo
customers: { where: { lifecyclestage: customer } }
signals:
  tenure: { label: Tenure, unit: months, value: company.tenure }
  contract: { label: Contract, value: company.Contract }
  internet: { label: Internet, value: company.InternetService }
  support: { label: Tech support, value: company.TechSupport }
  payment: { label: Payment, value: company.PaymentMethod }
  monthly: { label: Monthly charges, unit: NOK, value: company.MonthlyCharges }
  total: { label: Total charges, unit: NOK, value: company.TotalCharges }
scores:
  health:
    property: chs_health_score
    minimum_coverage: 60%
    dimensions:
      bond:
        weight: 3
        rules:
          - { signal: contract, weight: 2, grade: { match: { Month-to-month: 0, One year: 60, Two year: 100 } } }
          - { signal: tenure, grade: { line: { 0: 0, 50: 100 } } }
      service:
        weight: 2
        rules:
          - { signal: support, grade: { match: { Yes: 100, No: 20, No internet service: 60 } } }
          - { signal: total, grade: { line: { 0: 0, 4000: 100 } } }
    adjustments:
      - { label: Fibre by the month, points: -10, when: { internet: Fiber optic, contract: Month-to-month } }
      - { label: Pays by itself, points: 5, when: { payment: [Bank transfer (automatic), Credit card (automatic)] } }
      - { label: High bill, points: -5, when: { monthly: { over: 100 } } }
    bands: { at_risk: { below: 40, colour: red }, watch: { below: 70, colour: yellow }, healthy: { colour: green } }
    phases:
      - name: onboarding
        when: { tenure: { at_most: 3 } }
        dimensions:
          start:
            weight: 1
            rules:
              - { signal: contract, grade: { match: { Month-to-month: 20, One year: 80, Two year: 100 } } }
              - { signal: support, grade: { match: { Yes: 100, No: 40, No internet service: 60 } } }
`;

const COLUMNS =
  "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity," +
  "OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod," +
  "MonthlyCharges,TotalCharges,Churn";

// Made up. The columns that no rule names are there because such a table has them.
const TABLE = `${COLUMNS}
loyal,Female,0,Yes,No,50,Yes,No,DSL,Yes,Yes,No,Yes,No,No,Two year,No,Mailed check,80,4000,No
loyal-blank,Female,0,Yes,No,50,Yes,No,DSL,Yes,Yes,No,Yes,No,No,Two year,No,Mailed check,80, ,No
loyal-zero,Female,0,Yes,No,50,Yes,No,DSL,Yes,Yes,No,Yes,No,No,Two year,No,Mailed check,80,0,No
middle,Male,1,No,No,25,Yes,Yes,DSL,No,No,No,No,Yes,No,One year,Yes,Electronic check,80,2000,No
middle-card,Male,1,No,No,25,Yes,Yes,DSL,No,No,No,No,Yes,No,One year,Yes,Credit card (automatic),80,2000,No
fibre,Male,0,No,No,10,Yes,No,Fiber optic,No,No,No,No,Yes,No,Month-to-month,Yes,Electronic check,80,800,Yes
copper,Male,0,No,No,10,Yes,No,DSL,No,No,No,No,Yes,No,Month-to-month,Yes,Electronic check,80,800,Yes
costly,Female,0,No,Yes,30,Yes,Yes,Fiber optic,Yes,No,Yes,Yes,Yes,Yes,Month-to-month,Yes,Bank transfer (automatic),110.5,3000,No
phone-only,Female,0,Yes,Yes,20,Yes,No,No,No internet service,No internet service,No internet service,No internet service,No internet service,No internet service,Two year,No,Mailed check,20,400,No
third-month,Male,0,No,No,3,Yes,No,DSL,No,No,No,Yes,No,No,Month-to-month,Yes,Mailed check,45,135,No
not-billed,Female,0,Yes,Yes,0,Yes,No,DSL,No,No,No,No,No,No,Two year,No,Mailed check,45, ,No
fourth-month,Male,0,No,No,4,Yes,No,DSL,No,No,No,No,No,No,Month-to-month,Yes,Mailed check,45,200,Yes
half-known,Male,0,No,No,,Yes,No,DSL,No,No,No,Yes,No,No,,Yes,Mailed check,45,900,No
`;

type Row = Record<string, string>;

describe("a table of subscribers by rules of one's own", () => {
  let folder: string;
  let out: string;
  let scored: Ended;
  let rows: Row[];

  async function score(rules: string, table: string): Promise<Ended> {
    const [rulesFile, csv] = [join(folder, "rules.yaml"), join(folder, "subscribers.csv")];
    await writeFile(rulesFile, rules);
    await writeFile(csv, table);
    const args = ["score", "--csv", csv, "--rules", rulesFile, "--out", out, "--report"];
    return runProgram("cli/health.ts", args, {});
  }
  const read = async () => parse<Row>(await readFile(out, "utf8"), { columns: true });
  const rowOf = (key: string) => rows.find(({ customerID }) => customerID === key);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "customer-health-churn-"));
    out = join(folder, "scores.csv");
    scored = await score(RULES, TABLE);
    rows = await read();
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ["loyal", "100", "healthy", "100%", ""],
    ["middle", "48", "watch", "100%", ""],
    ["middle-card", "53", "watch", "100%", ""],
    ["fibre", "2", "at_risk", "100%", ""],
    ["copper", "12", "at_risk", "100%", ""],
    ["costly", "37", "at_risk", "100%", ""],
    ["phone-only", "62", "watch", "100%", ""],
    ["third-month", "60", "watch", "100%", "onboarding"],
    ["fourth-month", "7", "at_risk", "100%", ""],
    ["not-billed", "70", "healthy", "100%", "onboarding"],
    ["half-known", "", "unknown", "40%", ""],
  ])("%s: score %j, %s, %s known, phase %j", (key, value, band, coverage, phase) => {
    expect(rowOf(key)).toMatchObject({
      health: value,
      health_band: band,
      health_coverage: coverage,
      health_phase: phase,
    });
  });

  it("takes a blank for unknown and a zero for a zero", () => {
    expect(rowOf("loyal-blank")).toMatchObject({ health: "100", health_coverage: "80%" });
    expect(rowOf("loyal-zero")).toMatchObject({ health: "80", health_coverage: "100%" });
  });

  it("gives the reasons with the texts of the table", () => {
    expect(rowOf("costly")?.["health_reasons"]).toBe(
      "Contract: Month-to-month | Fibre by the month | Tenure: 30 months",
    );
  });

  it("reports what the table is like", () => {
    expect(scored).toMatchObject({ code: 0, stderr: "" });
    expect(scored.stdout.split("\n")).toEqual([
      "13 rows",
      "",
      "Health",
      "  At risk  4  30.8 %  #########",
      "  Watch    4  30.8 %  #########",
      "  Healthy  4  30.8 %  #########",
      "  Unknown  1   7.7 %  ##",
      "  mean 52.6, coverage 93.8 %, without a score 7.7 %",
      `Scores written to ${out}`,
      "",
    ]);
  });

  it("takes a column whose name has a space and brackets", async () => {
    const table = TABLE.replace("MonthlyCharges", "Monthly Charges (NOK)");
    const renamed = RULES.replace("company.MonthlyCharges", "company.Monthly Charges (NOK)");
    expect(await score(renamed, table)).toMatchObject({ code: 0, stderr: "" });
    expect(await read()).toEqual(rows);

    const missing = await score(renamed.replace("Charges (NOK)", "charges (NOK)"), table);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toContain('has no column "Monthly charges (NOK)"; did you mean "Monthly Charges (NOK)"?');
  });

  it("says which texts have no grade", async () => {
    const loose = RULES.replace("match: { Yes: 100, No: 20,", "match: { yes: 100, no: 20,");
    const told = await score(loose, TABLE.replace("80,4000,No", "80,4 000 kr,No"));
    expect(told).toMatchObject({
      code: 0,
      stderr:
        'Tech support: no grade for "Yes", "No": counts as unknown in 10 rows\n' +
        'Total charges: no grade for "4 000 kr": counts as unknown in 1 row\n',
    });
    expect((await read())[0]).toMatchObject({ health: "100", health_coverage: "60%" });
  });
});
