import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseWebhookEvents, WebhookBodyError } from "../../src/hubspot/parse-webhook-events.ts";

const LIMITS = { maxEvents: 100 };
const common = {
  portalId: 11111111,
  appId: 2222222,
  occurredAt: 1751276050977,
  attemptNumber: 0,
  changeSource: "CRM_UI",
  sourceId: "userId:33333333",
};

/** What is told of a record that another than this app has changed. */
const changed = { echo: false, forget: false };

function parse(body: unknown) {
  return parseWebhookEvents(Buffer.from(JSON.stringify(body)), LIMITS);
}

function errorOf(body: Buffer): unknown {
  try {
    return parseWebhookEvents(body, LIMITS);
  } catch (error) {
    return error;
  }
}

describe("parseWebhookEvents", () => {
  it("reads generic events, unordered as they come", () => {
    const generic = { ...common, objectId: 180584432881, objectTypeId: "0-2" };

    const { hints, ignored } = parse([
      { ...generic, subscriptionType: "object.propertyChange", propertyName: "plan", propertyValue: "a" },
      { ...generic, subscriptionType: "object.creation", changeFlag: "CREATED" },
      { ...generic, subscriptionType: "object.restore", changeFlag: "RESTORED" },
      { ...generic, subscriptionType: "object.deletion", changeFlag: "DELETED" },
      { ...generic, subscriptionType: "object.privacyDeletion" },
    ]);

    expect(hints).toEqual(Array.from({ length: 5 }, () => ({ type: "company", id: "180584432881", ...changed })));
    expect(ignored).toBe(0);
  });

  it.each([
    ["0-1", "contact"],
    ["0-2", "company"],
    ["0-5", "ticket"],
    ["0-27", "task"],
    ["0-53", "invoice"],
    ["0-3", "deal"],
    ["0-69", "subscription"],
    ["0-19", "feedback"],
  ])("knows %s for %s", (objectTypeId, type) => {
    const { hints } = parse([{ ...common, subscriptionType: "object.creation", objectId: 1, objectTypeId }]);

    expect(hints.map((hint) => hint.type)).toEqual([type]);
  });

  it("reads classic events, and one that is not in an array", () => {
    const one = parse({ ...common, subscriptionType: "ticket.propertyChange", objectId: 7, propertyName: "subject" });
    const erased = parse([{ ...common, subscriptionType: "contact.privacyDeletion", objectId: 8 }]);

    expect(one.hints).toEqual([{ type: "ticket", id: "7", ...changed }]);
    expect(erased.hints).toEqual([{ type: "contact", id: "8", echo: false, forget: true }]);
  });

  it("sees both ends of a link, which has no objectId", () => {
    const link = { ...common, fromObjectId: 11, toObjectId: 12, associationRemoved: false };
    const { hints } = parse([
      {
        ...link,
        subscriptionType: "object.associationChange",
        fromObjectTypeId: "0-53",
        toObjectTypeId: "0-2",
        associationTypeId: 179,
        associationCategory: "HUBSPOT_DEFINED",
      },
      { ...link, subscriptionType: "company.associationChange", associationType: "COMPANY_TO_TICKET" },
      { ...link, subscriptionType: "ticket.associationChange", associationType: "TICKET_TO_PRODUCT" },
    ]);

    expect(hints.map(({ type, id }) => [type, id])).toEqual([
      ["invoice", "11"],
      ["company", "12"],
      ["company", "11"],
      ["ticket", "12"],
      ["ticket", "11"],
    ]);
  });

  it("sees every record of a merge, each once", () => {
    const { hints } = parse([
      {
        ...common,
        subscriptionType: "object.merge",
        objectTypeId: "0-2",
        primaryObjectId: 1,
        mergedObjectIds: [2, 3, 1],
        newObjectId: 9,
      },
    ]);

    expect(hints.map(({ id }) => id)).toEqual(["9", "1", "2", "3"]);
  });

  it("knows our own writes when they come back, and those of other apps", () => {
    const write = {
      ...common,
      subscriptionType: "object.propertyChange",
      objectId: 1,
      objectTypeId: "0-2",
      propertyName: "x",
      changeSource: "INTEGRATION",
    };
    const { hints } = parse([
      { ...write, sourceId: "2222222" },
      { ...write, sourceId: "9999999" },
      { ...write, sourceId: "2222222", changeSource: "API" },
      { ...write, sourceId: undefined, appId: undefined },
    ]);

    expect(hints.map(({ echo }) => echo)).toEqual([true, false, false, false]);
  });

  it("counts what it does not know, and reads the rest", () => {
    const { hints, ignored } = parse([
      { ...common, subscriptionType: "object.creation", objectId: 1, objectTypeId: "2-12345" },
      { ...common, subscriptionType: "product.creation", objectId: 1 },
      { ...common, subscriptionType: "conversation.newMessage", objectId: 1 },
      { ...common, subscriptionType: "company.renamed", objectId: 1 },
      { ...common, subscriptionType: "" },
      { ...common, subscriptionType: "ticket.creation", objectId: 5, isNew: { deep: true } },
    ]);

    expect(ignored).toBe(5);
    expect(hints).toHaveLength(1);
  });

  it.each([
    ["nothing", Buffer.from("")],
    ["half of it", Buffer.from('[{"subscriptionType":')],
    ["text", Buffer.from('"hello"')],
    ["null", Buffer.from("null")],
    ["an array of numbers", Buffer.from("[1]")],
    ["another object", Buffer.from('{"hello":1}')],
  ])("refuses %s", (_name, body) => {
    expect(errorOf(body)).toBeInstanceOf(WebhookBodyError);
  });

  const good = { ...common, subscriptionType: "object.creation", objectId: 1, objectTypeId: "0-2" };
  const link = {
    ...good,
    subscriptionType: "object.associationChange",
    fromObjectTypeId: "0-1",
    toObjectTypeId: "0-2",
  };
  it.each([
    ["an event without objectId", { ...good, objectId: undefined }],
    ["an objectId that JavaScript would round", { ...good, objectId: 2 ** 53 }],
    ["an objectId that is no number", { ...good, objectId: "abc" }],
    ["an event without objectTypeId", { ...good, objectTypeId: undefined }],
    ["a merge without its new record", { ...good, subscriptionType: "object.merge", primaryObjectId: 1 }],
    ["a link with one end", { ...link, fromObjectId: 5 }],
    ["an event without subscriptionType", { ...good, subscriptionType: undefined }],
    ["null", null],
  ])("counts %s, and takes its neighbours", (_name, odd) => {
    const { hints, ignored } = parse([good, odd, { ...good, objectId: 2 }]);

    expect(hints.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(ignored).toBe(1);
  });

  it("asks for nothing that it does not use", () => {
    const odd = { subscriptionType: "company.propertyChange", objectId: 1, occurredAt: "yesterday", appId: {} };

    expect(parse(odd)).toEqual({ hints: [{ type: "company", id: "1", ...changed }], ignored: 0 });
  });

  it("takes a body of nothing but what it does not know, for a refusal would bring it again", () => {
    const unknown = { ...common, subscriptionType: "conversation.newMessage" };

    expect(parse([unknown, { ...good, objectId: "abc" }])).toEqual({ hints: [], ignored: 2 });
  });

  it("takes an empty array, and no more events than allowed", () => {
    const event = { ...common, subscriptionType: "ticket.creation", objectId: 5 };

    expect(parse([])).toEqual({ hints: [], ignored: 0 });
    expect(parse(Array.from({ length: 100 }, () => event)).hints).toHaveLength(100);
    expect(errorOf(Buffer.from(JSON.stringify(Array.from({ length: 101 }, () => event))))).toBeInstanceOf(
      WebhookBodyError,
    );
  });

  it("throws nothing but its own error, whatever comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const result = errorOf(Buffer.from(text));
        if (result instanceof Error) expect(result).toBeInstanceOf(WebhookBodyError);
      }),
    );
  });
});
