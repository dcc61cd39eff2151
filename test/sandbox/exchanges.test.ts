import { afterEach, beforeEach, expect, it } from "@jest/globals";

import type { Exchange } from "../../src/sandbox/http/exchange.ts";
import { askAs } from "./ask-as.ts";
import { type OpenSandbox, openSandbox } from "./open-clients.ts";

let open: OpenSandbox;
let heard: Exchange[];
beforeEach(async () => {
  open = await openSandbox();
  heard = [];
  open.sandbox.onExchange((exchange) => heard.push(exchange));
});
afterEach(() => open.sandbox.close());

it("tells a request and its answer as they went over the wire", async () => {
  const { url, appToken } = open.sandbox;
  const body = { inputs: [{ id: "1" }] };
  const answer = await askAs(appToken, `${url}/crm/v3/objects/companies/batch/read?archived=false`, "POST", body);
  expect(heard).toEqual([
    {
      method: "POST",
      path: "/crm/v3/objects/companies/batch/read",
      query: new URLSearchParams({ archived: "false" }),
      rawBody: JSON.stringify(body),
      body,
      status: 207,
      contentType: "application/json;charset=utf-8",
      responseText: JSON.stringify(answer.body),
      kind: "companies batch/read",
    },
  ]);
});

it("tells refusals and pages too, but no answer that was cut off", async () => {
  const { url, appToken } = open.sandbox;
  await askAs(appToken, `${url}/crm/v3/objects/companies/1`);
  await askAs("wrong", `${url}/crm/v3/objects/companies`);
  await askAs(appToken, `${url}/nowhere`);
  open.sandbox.dropNext(() => true);
  await expect(askAs(appToken, `${url}/crm/v3/objects/companies`)).rejects.toThrow("fetch failed");
  expect(heard.map(({ kind, status, contentType }) => [kind, status, contentType])).toEqual([
    ["companies get", 404, "text/html;charset=iso-8859-1"],
    ["unknown path", 401, "application/json;charset=utf-8"],
    ["unknown path", 404, "text/html;charset=iso-8859-1"],
  ]);
});
