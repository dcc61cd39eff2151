import { z } from "zod";

/**
 * An id as text, whatever HubSpot wrote: the associations API and the webhooks send numbers. Those above 2^53, which
 * JavaScript would round, are refused.
 */
export const RecordId = z.union([z.string().regex(/^\d+$/), z.int().nonnegative()]).transform(String);
