import { z } from "zod";
import type { NewTask } from "../../src/pipeline/hubspot-port.ts";
import { hubspotAnswers } from "./nock-hubspot.ts";

export const KEY_PATH = "/crm/v3/properties/tasks/chs_key";
export const CREATE_PATH = "/crm/v3/objects/tasks/batch/create";
export const keyProperty = {
  name: "chs_key",
  label: "Key",
  type: "string",
  fieldType: "text",
  groupName: "g",
  options: [],
};

export const task: NewTask = {
  key: "play-1:501:2026-11-01",
  companyId: "501",
  subject: "Fjordkraft: helse 42",
  body: "Ingen innlogging siden 3. oktober\n2 fakturaer < 30 dager & forfalt",
  dueAt: new Date("2026-11-24T11:00:00.000Z"),
  ownerId: "77",
  priority: "HIGH",
  type: "CALL",
};
/** The body of `task` as HubSpot keeps it. */
export const bodyHtml = "Ingen innlogging siden 3. oktober<br>2 fakturaer &lt; 30 dager &amp; forfalt";

export const TaskInputs = z.object({
  inputs: z.array(z.object({ objectWriteTraceId: z.string(), properties: z.record(z.string(), z.string()) })),
});

export function portalWithKeyProperty() {
  return hubspotAnswers().get(KEY_PATH).reply(200, keyProperty);
}

export function portalWithoutKeyProperty() {
  const html = "<html><body><h2>HTTP ERROR 404</h2></body></html>";
  return hubspotAnswers().get(KEY_PATH).reply(404, html, {
    "content-type": "text/html",
    "x-hubspot-correlation-id": "c0c93cb3-b24a-417d-9479-8756b0e0093e",
  });
}
