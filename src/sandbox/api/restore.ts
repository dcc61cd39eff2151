import { z } from "zod";

import { NotRestorable, restoreRecord } from "../portal/restore-record.ts";
import { validationError } from "./api-error.ts";
import { type Call, parseBody, typeParam } from "./call.ts";
import { Id } from "./new-record.ts";

const Restore = z.object({ type: z.string(), id: Id });

/** POST /sandbox/restore {type, id}: what a person does on HubSpot's page of deleted records; its API has nothing for it. */
export function restoreArchived(call: Call): void {
  const { type, id } = parseBody(Restore, call.body);
  try {
    restoreRecord(call.portal, typeParam({ type }, "type"), id, call.author);
  } catch (error) {
    if (error instanceof NotRestorable) throw validationError(error.message);
    throw error;
  }
}
