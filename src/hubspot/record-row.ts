import { z } from "zod";
import type { PortalRecord } from "../pipeline/hubspot-port.ts";

/** A record as the SDK gives it, in the port's words. */
export const RecordRow = z
  .object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()), updatedAt: z.date() })
  .transform(({ id, properties, updatedAt }): PortalRecord => ({ id, properties, modifiedAt: updatedAt }));
