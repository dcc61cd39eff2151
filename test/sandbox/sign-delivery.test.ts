import { describe, expect, it } from "@jest/globals";

import { signDelivery } from "../../src/sandbox/webhooks/sign-delivery.ts";

const SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

describe("signDelivery", () => {
  it("gives the v3 signature of a known request", () => {
    const body = "{'example_field':'example_value'}";
    const headers = signDelivery(SECRET, "https://www.example.com/webhook_uri", body, 1_693_657_560_000);
    expect(headers["x-hubspot-signature-v3"]).toBe("K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=");
  });

  it("gives the v1 signature of a known body", () => {
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    expect(signDelivery(SECRET, "https://a.example", body, 0)["x-hubspot-signature"]).toBe(
      "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
    );
  });

  it("signs the URL with HubSpot's twelve escapes decoded and no other", () => {
    const sign = (url: string) => signDelivery(SECRET, url, "[]", 1)["x-hubspot-signature-v3"];
    expect(sign("https://a.example/x?q=%3a%2F%40%20%C3%A6")).toBe(sign("https://a.example/x?q=:/@%20%C3%A6"));
    expect(sign("https://a.example/x?q=%20")).not.toBe(sign("https://a.example/x?q= "));
  });
});
