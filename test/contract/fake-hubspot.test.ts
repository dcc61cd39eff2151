import { createFakeHubSpot, lostAnswer } from "../fakes/fake-hubspot.ts";
import { describeHubSpotPort } from "./hubspot-port-contract.ts";

describeHubSpotPort("the fake in memory", () => {
  let instant = Date.parse("2026-10-01T08:00:00Z");
  const hubspot = createFakeHubSpot(() => new Date((instant += 1_000)));
  for (let n = 1; n <= 5; n += 1) {
    hubspot.portal.put("company", `10${n}`, { name: `Company ${n}` });
    hubspot.portal.put("contact", `20${n}`, {}, [{ type: "company", id: `10${n}`, primary: true }]);
    hubspot.portal.put("ticket", `30${n}`, {}, [
      { type: "company", id: "101", primary: true },
      { type: "contact", id: `20${n}` },
    ]);
  }
  return Promise.resolve({
    port: hubspot.port,
    writable: "seats",
    loseNextCreation: () => hubspot.failNext("createTasks", lostAnswer(), "after"),
    close: () => Promise.resolve(),
  });
});
