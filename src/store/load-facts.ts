import type { PoolClient } from "pg";
import { sourceOfType } from "../pipeline/record-sources.ts";
import { childTypes, type ChildType } from "../pipeline/store-port.ts";
import type { Facts, PropertyValues } from "../scoring/facts.ts";
import { loadHistory } from "./property-history.ts";

type RecordRow = { type: ChildType; company_id: string; properties: PropertyValues };

/**
 * Loads the records and the past of companies, and gives what makes their facts. Of the types in `linked` it loads the
 * records too that belong to another company and are linked to this one: only those that are mirrored, and a record is
 * mirrored only where the company that it belongs to is.
 */
export async function loadFacts(
  client: PoolClient,
  companyIds: readonly string[],
  { unreadable, linked }: { unreadable: ReadonlySet<ChildType>; linked: ReadonlySet<ChildType> },
): Promise<(companyId: string, company: PropertyValues) => Facts> {
  const own = await client.query<RecordRow>(
    `SELECT type, company_id, properties FROM records WHERE company_id = ANY ($1) ORDER BY company_id, type, id`,
    [companyIds],
  );
  const others = linked.size > 0 ? await loadLinked(client, companyIds, [...linked]) : [];
  const histories = await loadHistory(client, companyIds);
  const ownByCompany = Map.groupBy(own.rows, (row) => row.company_id);
  const othersByCompany = Map.groupBy(others, (row) => row.company_id);

  return (companyId, company) => {
    const ownByType = groupByType(ownByCompany.get(companyId));
    const othersByType = groupByType(othersByCompany.get(companyId));
    const recordsOf = (type: ChildType) => (unreadable.has(type) ? null : (ownByType.get(type) ?? []));
    return {
      companyId,
      company,
      contacts: recordsOf("contact"),
      tickets: recordsOf("ticket"),
      invoices: recordsOf("invoice"),
      deals: recordsOf("deal"),
      subscriptions: recordsOf("subscription"),
      feedback: recordsOf("feedback"),
      linked: Object.fromEntries(
        childTypes.flatMap((type) => {
          const records = othersByType.get(type);
          return records ? [[sourceOfType[type], records]] : [];
        }),
      ),
      history: histories.get(companyId) ?? {},
    };
  };
}

async function loadLinked(
  client: PoolClient,
  companyIds: readonly string[],
  types: readonly ChildType[],
): Promise<RecordRow[]> {
  const { rows } = await client.query<RecordRow>(
    `SELECT record.type, link.to_id AS company_id, record.properties
     FROM links link JOIN records record ON record.type = link.from_type AND record.id = link.from_id
     WHERE link.to_type = 'company' AND link.to_id = ANY ($1) AND link.from_type = ANY ($2)
       AND record.company_id <> link.to_id
     ORDER BY link.to_id, record.type, record.id`,
    [companyIds, types],
  );
  return rows;
}

function groupByType(rows: readonly RecordRow[] = []): Map<ChildType, PropertyValues[]> {
  const byType = new Map<ChildType, PropertyValues[]>();
  for (const { type, properties } of rows) {
    const records = byType.get(type) ?? [];
    byType.set(type, records);
    records.push(properties);
  }
  return byType;
}
