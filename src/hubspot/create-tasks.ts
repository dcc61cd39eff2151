import {
  AssociationSpec,
  AssociationSpecAssociationCategoryEnum as Category,
  BatchInputSimplePublicObjectBatchInputForCreate as Batch,
  PublicAssociationsForObject,
  PublicObjectId,
  SimplePublicObjectBatchInputForCreate as Input,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import {
  HubSpotClosed,
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnauthorized,
  HubSpotUnavailable,
} from "../pipeline/hubspot-errors.ts";
import { TASK_KEY_PROPERTY, type CreateOutcome, type NewTask } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import type { KeyProperty } from "./create-key-property.ts";
import { parseTask } from "./parse-task.ts";
import { RecordRow } from "./record-row.ts";
import { isLimited, isTrouble, RowErrors } from "./row-errors.ts";
import { sendHalving } from "./send-halving.ts";
import { addKeyLine } from "./task-key.ts";
import { taskPropertiesOf } from "./task-properties.ts";
import { toModel } from "./to-model.ts";

const BATCH_SIZE = 100;
const TASK_TO_COMPANY = 192;
const CALL = `POST ${objectsPath("tasks", "batch/create")}`;
const Answer = z.object({
  headers: z.record(z.string(), z.string()),
  data: z.object({ results: z.array(RecordRow), errors: RowErrors }),
});
type Answer = z.infer<typeof Answer>;

/**
 * Creates tasks, 100 a call, one call after the other and none of them twice. A key that is given twice makes one task.
 * Where `HubSpotUnavailable` is thrown, some of the tasks may be there; of a call that HubSpot refuses, none is.
 */
export async function createTasks(
  client: Client,
  keyProperty: KeyProperty,
  tasks: readonly NewTask[],
): Promise<CreateOutcome> {
  const outcome = noneYet();
  const wanted = [...new Map(tasks.map((task) => [task.key, task])).values()];
  if (wanted.length === 0) return outcome;
  const hasKeyProperty = await keyProperty.exists();
  let mayAnyBeMade = false;

  async function sendRows(rows: NewTask[]): Promise<CreateOutcome> {
    const inputs = rows.map((task, index) => toInput(task, String(index), hasKeyProperty));
    try {
      const answer = await client.once(CALL, Answer, () =>
        client.batches.createWithHttpInfo("tasks", toModel(Batch, { inputs })),
      );
      mayAnyBeMade = true;
      return takeApart(rows, answer);
    } catch (error) {
      if (error instanceof HubSpotRefused && error.status !== 400) {
        return { ...noneYet(), refused: rows.map((row) => toRefusal(row, error.message, error.correlationId)) };
      }
      if (!isTurnedAway(error) && !(mayAnyBeMade && isBarred(error))) throw error;
      return { ...noneYet(), notMade: rows.map(({ key }) => key) };
    }
  }

  for (let index = 0; index < wanted.length; index += BATCH_SIZE) {
    const { answers, refused } = await sendHalving(wanted.slice(index, index + BATCH_SIZE), sendRows);
    for (const answer of answers) {
      outcome.created.push(...answer.created);
      outcome.refused.push(...answer.refused);
      outcome.notMade.push(...answer.notMade);
      outcome.unclear.push(...answer.unclear);
    }
    for (const { row, error } of refused) outcome.refused.push(toRefusal(row, error.message, error.correlationId));
    // The property may have been archived meanwhile: who asks for a refused task again is to look for it first.
    if (outcome.refused.length > 0) keyProperty.forget();
  }
  return outcome;
}

function noneYet(): CreateOutcome {
  return { created: [], refused: [], notMade: [], unclear: [] };
}

/** Until a person has helped, nothing more will be made. */
function isBarred(error: unknown): boolean {
  return error instanceof HubSpotUnauthorized || error instanceof HubSpotForbidden;
}

/** Nothing was done, for certain: it was not sent, or met a lock, a limit or a portal that is being moved. */
function isTurnedAway(error: unknown): boolean {
  if (error instanceof HubSpotClosed) return true;
  return error instanceof HubSpotUnavailable && error.status !== null && [423, 429, 477].includes(error.status);
}

function toInput(task: NewTask, objectWriteTraceId: string, hasKeyProperty: boolean): Input {
  const body = hasKeyProperty ? task.body : addKeyLine(task.body, task.key);
  const company = toModel(PublicAssociationsForObject, {
    to: toModel(PublicObjectId, { id: task.companyId }),
    types: [
      toModel(AssociationSpec, { associationCategory: Category.HubspotDefined, associationTypeId: TASK_TO_COMPANY }),
    ],
  });
  return toModel(Input, {
    objectWriteTraceId,
    properties: {
      ...taskPropertiesOf(task, body),
      hs_task_status: "NOT_STARTED",
      ...(task.ownerId === null ? {} : { hubspot_owner_id: task.ownerId }),
      ...(hasKeyProperty ? { [TASK_KEY_PROPERTY]: task.key } : {}),
    },
    associations: [company],
  });
}

/** The results come in any order and are told apart by our key; the errors name the input by its trace id. */
function takeApart(rows: NewTask[], { headers, data }: Answer): CreateOutcome {
  const correlationId = headers["x-hubspot-correlation-id"] ?? null;
  const idByKey = new Map(data.results.map(parseTask).map(({ key, taskId }) => [key, taskId]));
  const outcome = noneYet();
  rows.forEach((row, index) => {
    const taskId = idByKey.get(row.key);
    const error = data.errors.find(({ context }) => context["objectWriteTraceId"]?.includes(String(index)));
    if (taskId !== undefined) outcome.created.push({ key: row.key, taskId });
    else if (error !== undefined && isLimited(error)) outcome.notMade.push(row.key);
    else if (error !== undefined && isTrouble(error)) outcome.unclear.push(row.key);
    else if (error !== undefined) {
      outcome.refused.push(toRefusal(row, `${error.category}: ${error.message}`, correlationId));
    } else {
      const message = `${CALL} was answered without a word about one of its tasks: whether it exists is unclear`;
      throw new HubSpotUnavailable(message, { call: CALL, correlationId, status: null, retryAfterMs: 0 });
    }
  });
  return outcome;
}

function toRefusal({ key, companyId }: NewTask, message: string, correlationId: string | null) {
  return { key, id: companyId, message, correlationId };
}
