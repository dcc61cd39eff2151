import type { Random } from "./random.ts";

type Part = (random: Random) => string;

/** Mostly one of what fits, and now and then what does not. */
function mostly(fits: readonly string[], other: readonly string[]): Part {
  return (random) => random.pick(random.below(60) === 0 ? other : fits);
}

const signalNames = ["seats", "urgent", "third", "fourth"];
const name = mostly(signalNames, ["health", "tenure_days", "open", "constructor", "seets"]);
const companyField = mostly(
  ["company.seats", "company.last_login_at", "company.days_between(a, b)"],
  ["company.Seats", "seats"],
);
const recordField = mostly(
  ["tickets.hours_to_close", "invoices.amount", "invoices.days_between(a, b)", "tickets.property.open"],
  ["tickets.age_days", "ticket.x", "company.x"],
);
const duration = mostly(["30d", "2w", "6mo", "1y"], ["12h", "5m", "next 30d", "30"]);
const number = mostly(["0", "1", "50", "100", "7.5"], ["-5", "1,5", "1e9", "x", "40%"]);
const grade = mostly(["0", "40", "100"], ["101", "-1", "low"]);
const source = mostly(["tickets", "invoices", "deals", "contacts", "feedback", "subscriptions"], ["emails", "ticket"]);
const band = mostly(["at_risk", "healthy"], ["watch", "unknown"]);
const value = mostly(["known", "unknown", "true", "a", "7"], [">= 3", "''", "[]"]);

function oneOf(...parts: readonly Part[]): Part {
  return (random) => random.pick(parts)(random);
}

const comparison = oneOf(
  value,
  (r) => `[${value(r)}, ${value(r)}]`,
  (r) => `{ ${r.pick(["over", "under", "at_least", "at_most"])}: ${number(r)} }`,
  (r) => `{ ${r.pick(["not", "contains", "is"])}: [a, ${value(r)}] }`,
  (r) => `{ between: [${number(r)}, 100] }`,
  (r) =>
    `{ within: ${duration(r)}, ${r.pick(["before", "after"])}: ${r.pick(["today", "30d ago", "in 2w", "2026-10-03"])} }`,
);

const where: Part = (r) => `{ ${r.pick(["createdate", "hs_status", "property.open"])}: ${comparison(r)} }`;
const when: Part = (r) => `{ ${name(r)}: ${comparison(r)} }`;

const signal = oneOf(
  (r) => `value: ${companyField(r)}`,
  (r) => `value: company.seats, expires: ${duration(r)}, by: company.at`,
  (r) => `${r.pick(["days_since", "days_until"])}: ${r.pick(["company.at", "tickets.createdate"])}`,
  (r) => `count: ${source(r)}, where: ${where(r)}, links: ${r.pick(["all", "primary"])}`,
  (r) => `count: tickets, half_life: ${duration(r)}, by: tickets.createdate`,
  (r) => `${r.pick(["sum", "mean", "median", "min", "max"])}: ${recordField(r)}, when_none: ${number(r)}`,
  (r) => `sum: invoices.hs_balance_due, currency: ${r.pick(["NOK", "EUR"])}`,
  (r) => `latest: contacts.nps, by: contacts.at, expires: ${duration(r)}`,
  (r) => `share: ${source(r)}, matching: ${where(r)}`,
  (r) =>
    `${r.pick(["change", "trend"])}: company.seats, over: ${duration(r)}, as: ${r.pick(["percent", "difference"])}`,
  (r) => `ratio: [seats, ${name(r)}]`,
  (r) => `product: [seats, ${oneOf(name, number)(r)}, 3]`,
  (r) => `exists: ${source(r)}`,
);

const rule: Part = (r) => {
  const points = `{ 0: ${grade(r)}, ${r.pick(["1", "10", "2.5"])}: ${grade(r)} }`;
  const more = r.pick([
    "",
    ", missing: neutral",
    ", missing: { hold: 30d }",
    ", reason: '{{ label }}: {{ value }}'",
    ", weight: 3",
  ]);
  return `{ signal: ${name(r)}, grade: { ${r.pick(["line", "steps", "match"])}: ${points} }${more} }`;
};

const trigger = oneOf(
  (r) => `health: { ${r.pick(["enters", "leaves"])}: ${band(r)} }`,
  (r) => `health: { drops: ${r.pick(["5", "15"])}, within: ${duration(r)} }`,
  (r) => `${name(r)}: { reaches: ${number(r)} }, health: ${band(r)}`,
);

/** A rule file out of pieces of the language. */
export function randomFile(r: Random): string {
  const limits = r.pick(["", `    limits: [{ ${r.pick(["cap", "floor"])}: 40, when: ${when(r)} }]\n`]);
  const phases = r.pick(["", `    phases:\n      - { name: onboarding, when: ${when(r)} }\n`]);
  const closing = r.pick(["", `    close_when: { health: { leaves: ${band(r)} } }\n`]);
  return `name: Any
language: ${mostly(["nb", "da", "en"], ["no", "NB"])(r)}
timezone: ${mostly(["Europe/Oslo"], ["Europe/Olso", "CEST"])(r)}
${r.pick(["", "rates: { NOK: 1, EUR: 11.7 }\n", "holidays: [12-25, 2026-12-24]\n"])}customers:
  where: { lifecyclestage: ${comparison(r)} }
signals:
${signalNames.map((own) => `  ${own}: { ${own === "seats" ? "value: company.seats" : signal(r)} }`).join("\n")}
scores:
  health:
    property: chs_health_score
    dimensions:
      usage:
        weight: ${mostly(["1", "40"], ["0", "heavy", "1,5"])(r)}
        rules:
          - ${rule(r)}
          - ${rule(r)}
${limits}    bands:
      at_risk: { below: ${mostly(["50", "40"], ["0", "101", "x"])(r)}, colour: red }
      healthy: { colour: green }
${phases}plays:
  - name: Call
    when: { ${trigger(r)} }
    task: { subject: "{{ company.name }}", body: "{{ reasons }}", due: 1 working day }
${closing}`;
}
