import { expect, it } from "@jest/globals";
import type { Linked } from "../../src/pipeline/hubspot-port.ts";
import { findChildren } from "../../src/pipeline/find-children.ts";
import { createFakeHubSpot } from "../fakes/fake-hubspot.ts";

it("finds more records of companies than a call of a function takes arguments", async () => {
  const links = Array.from({ length: 200_000 }, (_, index): Linked => ({ toId: String(index), primary: false }));
  const { port } = createFakeHubSpot(() => new Date(0));
  const hubspot = { ...port, readLinks: () => Promise.resolve(new Map([["10", links]])) };
  const readable = { has: () => true, read: <Answer>(_: unknown, ask: () => Promise<Answer>) => ask() };
  expect(await findChildren({ hubspot, readable }, ["10"], ["invoice"])).toHaveLength(200_000);
});
