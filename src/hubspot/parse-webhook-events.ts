import { z } from "zod";
import type { RecordType } from "../pipeline/hubspot-port.ts";
import { findRecordType } from "./object-types.ts";
import { RecordId } from "./record-id.ts";

/** What a notice says: that a record should be read again, never what it is now. */
export type WebhookHint = {
  type: RecordType;
  id: string;
  /** `erased` is a privacy deletion: nothing of the record may be kept. */
  kind: "changed" | "deleted" | "erased";
  occurredAt: Date;
  /** Of a property change. */
  propertyName?: string;
  /** Our own app's write, come back. */
  echo: boolean;
};
export type WebhookEvents = {
  hints: WebhookHint[];
  /** Events of kinds or of object types that this product does not read. */
  ignored: number;
};

/** The body is not HubSpot's: no JSON, too much of it, or an event without what its kind must carry. */
export class WebhookBodyError extends Error {
  /** Which event, counted from 0; null where the body as a whole is at fault. */
  readonly index: number | null;

  constructor(message: string, details: { index: number | null; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = "WebhookBodyError";
    this.index = details.index;
  }
}

/** 8.64e15 ms is the last instant that a Date can hold. */
const Instant = z
  .int()
  .nonnegative()
  .max(8.64e15)
  .transform((ms) => new Date(ms));
const Notice = z.object({
  subscriptionType: z.string(),
  occurredAt: Instant,
  appId: RecordId.optional(),
  changeSource: z.string().optional().catch(undefined),
  sourceId: z.string().optional().catch(undefined),
});
const Typed = z.object({ objectTypeId: z.string() });
const OfRecord = z.object({ objectId: RecordId });
const OfProperty = OfRecord.extend({ propertyName: z.string() });
const OfMerge = z.object({ newObjectId: RecordId, primaryObjectId: RecordId, mergedObjectIds: z.array(RecordId) });
const OfLink = z.object({ fromObjectId: RecordId, toObjectId: RecordId });
const TypedLink = z.object({ fromObjectTypeId: z.string(), toObjectTypeId: z.string() });
const NamedLink = z.object({ associationType: z.string() });

type Seen = Pick<WebhookHint, "type" | "id" | "kind"> & { propertyName?: string };

/**
 * The hints of one delivery: an array of events, or one event. Types are read of generic events (`object.creation` with
 * `objectTypeId`) and of classic ones (`ticket.creation`). Throws `WebhookBodyError`; an event that cannot be understood
 * refuses the whole delivery, for HubSpot sends it again, and what is acknowledged is not.
 */
export function parseWebhookEvents(body: Buffer, limits: { maxEvents: number }): WebhookEvents {
  const json = parseJson(body);
  const events: unknown[] = Array.isArray(json) ? json : [json];
  if (events.length > limits.maxEvents) {
    const message = `The body holds ${events.length} events; at most ${limits.maxEvents} are taken`;
    throw new WebhookBodyError(message, { index: null });
  }
  const parsed = events.map(parseEvent);
  return { hints: parsed.flat(), ignored: parsed.filter((hints) => hints.length === 0).length };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new WebhookBodyError("The body is not JSON", { index: null, cause });
  }
}

function parseEvent(event: unknown, index: number): WebhookHint[] {
  try {
    const { subscriptionType, occurredAt, appId, changeSource, sourceId } = Notice.parse(event);
    const echo = changeSource === "INTEGRATION" && sourceId !== undefined && sourceId === appId;
    return readSeen(subscriptionType, event).map((seen) => ({ ...seen, occurredAt, echo }));
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    const [issue] = cause.issues;
    const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
    throw new WebhookBodyError(`Event ${index} is no event of HubSpot's${place}: ${issue?.message}`, { index, cause });
  }
}

/** What an event is about; nothing where it is not for us. */
function readSeen(subscriptionType: string, event: unknown): Seen[] {
  const [prefix = "", kind] = subscriptionType.split(".");
  if (kind === "associationChange") return readLinkEnds(prefix, event);

  const type = findRecordType(prefix === "object" ? Typed.parse(event).objectTypeId : prefix);
  if (type === null) return [];
  switch (kind) {
    case "creation":
    case "restore":
      return [{ type, id: OfRecord.parse(event).objectId, kind: "changed" }];
    case "propertyChange": {
      const { objectId, propertyName } = OfProperty.parse(event);
      return [{ type, id: objectId, kind: "changed", propertyName }];
    }
    case "deletion":
      return [{ type, id: OfRecord.parse(event).objectId, kind: "deleted" }];
    case "privacyDeletion":
      return [{ type, id: OfRecord.parse(event).objectId, kind: "erased" }];
    case "merge": {
      // Since 2025 a merge makes a record with a new id, and all others that were merged are gone.
      const { newObjectId, primaryObjectId, mergedObjectIds } = OfMerge.parse(event);
      const ids = new Set([newObjectId, primaryObjectId, ...mergedObjectIds]);
      return [...ids].map((id) => ({ type, id, kind: "changed" }));
    }
    default:
      return [];
  }
}

/** Both ends, as far as we read their types. HubSpot sends no `objectId` here. */
function readLinkEnds(prefix: string, event: unknown): Seen[] {
  const names = prefix === "object" ? typesOfIds(event) : typesOfName(event);
  const { fromObjectId, toObjectId } = OfLink.parse(event);
  const ends = [
    { type: findRecordType(names.from), id: fromObjectId },
    { type: findRecordType(names.to), id: toObjectId },
  ];
  return ends.flatMap(({ type, id }) => (type === null ? [] : [{ type, id, kind: "changed" as const }]));
}

function typesOfIds(event: unknown): { from: string; to: string } {
  const { fromObjectTypeId, toObjectTypeId } = TypedLink.parse(event);
  return { from: fromObjectTypeId, to: toObjectTypeId };
}

/** `COMPANY_TO_TICKET` */
function typesOfName(event: unknown): { from: string; to: string } {
  const [from = "", to = ""] = NamedLink.parse(event).associationType.toLowerCase().split("_to_");
  return { from, to };
}
