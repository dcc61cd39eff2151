import type { PortalRecord, RecordType, SearchFilter, SearchRequest } from "../../src/pipeline/hubspot-port.ts";
import type { FakePortal } from "./fake-portal.ts";

/** The records that a search finds, in the order in which it shows them. */
export function searchPortal(portal: FakePortal, type: RecordType, where: SearchRequest["where"]): PortalRecord[] {
  const all = portal.all(type);
  if ("modifiedSince" in where) {
    const modified = all.filter(({ modifiedAt }) => modifiedAt >= where.modifiedSince);
    return modified.toSorted((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
  }
  const { filters } = where;
  const found = all.filter(
    (record) => filters.length === 0 || filters.some((group) => group.every((filter) => passes(record, filter))),
  );
  return found.toSorted((a, b) => Number(a.id) - Number(b.id));
}

function passes({ properties }: PortalRecord, filter: SearchFilter): boolean {
  const value = properties[filter.property] ?? "";
  switch (filter.operator) {
    case "in":
      return filter.values.includes(value);
    case "known":
      return value !== "";
    case "unknown":
      return value === "";
    case "over":
      return value !== "" && Number(value) > Number(filter.value);
    case "under":
      return value !== "" && Number(value) < Number(filter.value);
    case "at_least":
      return value !== "" && Number(value) >= Number(filter.value);
    case "at_most":
      return value !== "" && Number(value) <= Number(filter.value);
  }
}
