import { z } from "zod";
import type { RecordType } from "../pipeline/hubspot-port.ts";
import { findRecordType } from "./object-types.ts";
import { RecordId } from "./record-id.ts";

/** What a notice says: that a record should be read again, or forgotten; never what it is now. */
export type WebhookHint = {
  type: RecordType;
  id: string;
  /** Our own app's write, come back. */
  echo: boolean;
  /** A contact whom the person behind it has asked to forget for good. */
  forget: boolean;
};
type WebhookEvents = {
  hints: WebhookHint[];
  /** Events that gave no hint: of kinds or object types that this product does not read, or without what they need. */
  ignored: number;
};

/** The body is not HubSpot's: no JSON, too much of it, or nothing in it that is an event. */
export class WebhookBodyError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WebhookBodyError";
  }
}

const Notice = z.object({
  subscriptionType: z.string(),
  appId: RecordId.optional().catch(undefined),
  changeSource: z.string().optional().catch(undefined),
  sourceId: z.string().optional().catch(undefined),
});
const Typed = z.object({ objectTypeId: z.string() });
const OfRecord = z.object({ objectId: RecordId });
const OfMerge = z.object({ newObjectId: RecordId, primaryObjectId: RecordId, mergedObjectIds: z.array(RecordId) });
const OfLink = z.object({ fromObjectId: RecordId, toObjectId: RecordId });
const TypedLink = z.object({ fromObjectTypeId: z.string(), toObjectTypeId: z.string() });
const NamedLink = z.object({ associationType: z.string() });

type Seen = Pick<WebhookHint, "type" | "id">;

/**
 * The hints of one delivery: an array of events, or one event. Types are read of generic events (`object.creation` with
 * `objectTypeId`) and of classic ones (`ticket.creation`). An event that cannot be understood is counted and ignored:
 * were the delivery refused for it, its neighbours would be lost. Throws `WebhookBodyError`.
 */
export function parseWebhookEvents(body: Buffer, limits: { maxEvents: number }): WebhookEvents {
  const json = parseJson(body);
  const events: unknown[] = Array.isArray(json) ? json : [json];
  if (events.length > limits.maxEvents) {
    throw new WebhookBodyError(`The body holds ${events.length} events; at most ${limits.maxEvents} are taken`);
  }
  if (events.length > 0 && !events.some((event) => Notice.safeParse(event).success)) {
    throw new WebhookBodyError("Nothing in the body is an event: an object with a text subscriptionType");
  }
  const parsed = events.map(parseEvent);
  return { hints: parsed.flat(), ignored: parsed.filter((hints) => hints.length === 0).length };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new WebhookBodyError("The body is not JSON", { cause });
  }
}

function parseEvent(event: unknown): WebhookHint[] {
  try {
    const { subscriptionType, appId, changeSource, sourceId } = Notice.parse(event);
    const echo = changeSource === "INTEGRATION" && sourceId !== undefined && sourceId === appId;
    const isPrivacyDeletion = subscriptionType.endsWith(".privacyDeletion");
    return readSeen(subscriptionType, event).map((seen) => {
      return { ...seen, echo, forget: isPrivacyDeletion && seen.type === "contact" };
    });
  } catch (error) {
    if (error instanceof z.ZodError) return [];
    throw error;
  }
}

/** What an event is about; nothing where it is not for us. Throws a `ZodError` where it lacks what its kind carries. */
function readSeen(subscriptionType: string, event: unknown): Seen[] {
  const [prefix = "", kind] = subscriptionType.split(".");
  if (kind === "associationChange") return readLinkEnds(prefix, event);

  const type = findRecordType(prefix === "object" ? Typed.parse(event).objectTypeId : prefix);
  if (type === null) return [];
  switch (kind) {
    case "creation":
    case "restore":
    case "propertyChange":
    case "deletion":
    case "privacyDeletion":
      return [{ type, id: OfRecord.parse(event).objectId }];
    case "merge": {
      // Since 2025 a merge makes a record with a new id, and all others that were merged are gone.
      const { newObjectId, primaryObjectId, mergedObjectIds } = OfMerge.parse(event);
      const ids = new Set([newObjectId, primaryObjectId, ...mergedObjectIds]);
      return [...ids].map((id) => ({ type, id }));
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
  return ends.flatMap(({ type, id }) => (type === null ? [] : [{ type, id }]));
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
