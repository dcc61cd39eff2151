import { z } from "zod";
import type { PortalRecord } from "../pipeline/hubspot-port.ts";
import { MERGED_IDS } from "./asked-properties.ts";

/** A record as the SDK gives it, in the port's words. */
export const RecordRow = z
  .object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()), updatedAt: z.date() })
  .transform(({ id, properties: { [MERGED_IDS]: merged, ...properties }, updatedAt }): PortalRecord => {
    const mergedIds = (merged ?? "").split(";").filter((mergedId) => mergedId !== "" && mergedId !== id);
    return { id, properties, modifiedAt: updatedAt, mergedIds };
  });
