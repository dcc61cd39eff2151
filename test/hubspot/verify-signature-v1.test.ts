import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { verifySignature } from "../../src/hubspot/verify-signature.ts";
import { SECRET, URL, BODY, SENT_AT, settingsAt, requestWith } from "./signed-request.ts";

describe("verifySignature, v1", () => {
  const body = Buffer.from(
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
  );
  const headers = {
    "x-hubspot-signature": "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
    "x-hubspot-signature-version": "v1",
  };
  const request = requestWith({ body, headers });

  it("takes HubSpot's vector where it is allowed, and otherwise not", () => {
    expect(verifySignature(request, settingsAt(SENT_AT, { allowV1: true }))).toEqual({ valid: true, version: "v1" });
    expect(verifySignature(request, settingsAt(SENT_AT))).toEqual({ valid: false, reason: "unsigned" });
  });

  it("does not fall back to v1 where v3 is sent, were it empty", () => {
    for (const v3 of ["", "wrong"]) {
      const both = {
        ...headers,
        "x-hubspot-signature-v3": v3,
        "x-hubspot-request-timestamp": String(SENT_AT),
      };
      const result = verifySignature(requestWith({ body, headers: both }), settingsAt(SENT_AT, { allowV1: true }));
      expect(result).toEqual({ valid: false, reason: "mismatch" });
    }
  });

  it("refuses another body, and v2", () => {
    const allowed = settingsAt(SENT_AT, { allowV1: true });
    const v2 = createHash("sha256").update(`${SECRET}POST${URL}`).update(body).digest("hex");

    expect(verifySignature({ ...request, body: BODY }, allowed)).toEqual({ valid: false, reason: "mismatch" });
    expect(
      verifySignature(
        { ...request, headers: { "x-hubspot-signature": v2, "x-hubspot-signature-version": "v2" } },
        allowed,
      ),
    ).toEqual({ valid: false, reason: "unsigned" });
  });
});
