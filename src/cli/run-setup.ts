import { calculatedOf, readDefinitions } from "../pipeline/read-definitions.ts";
import { mirroredTypes } from "../pipeline/record-sources.ts";
import { setUpPortal } from "../pipeline/setup.ts";
import { subscriptionsOf, type Subscription } from "../pipeline/subscriptions.ts";
import { openForCommand } from "./open-for-command.ts";

/** Makes what is missing in the portal; exits with 1 where a property of our name means something else. */
export async function runSetup(): Promise<void> {
  await openForCommand(
    async ({ hubspot, rules }) => {
      const { created, extended, drifted, hasTaskKey } = await setUpPortal(hubspot, rules.ruleset);
      for (const { name, options } of extended) console.log(`Added to ${name}: ${options.join(", ")}`);
      if (created.length === 0 && extended.length === 0) console.log("Every property is there already.");
      if (created.length > 0) console.log(`Made ${created.length} company properties: ${created.join(", ")}`);
      if (!hasTaskKey) {
        console.log(
          "The token may not make task properties (scope crm.schemas.contacts.write): keys stand in the tasks' bodies.",
        );
      }
      for (const { name, expected, found } of drifted) {
        console.error(`${name} must have ${expected}, and has ${found}: change it in HubSpot, or set another prefix.`);
      }
      if (drifted.length > 0) process.exitCode = 1;
      const { definitions } = await readDefinitions(hubspot, ["company", ...mirroredTypes(rules)]);
      printSubscriptions(subscriptionsOf(rules, calculatedOf({ definitions })));
    },
    { needsPortal: true },
  );
}

/** The API cannot subscribe a private app to events: a person does, in the app's settings or its project. */
function printSubscriptions(subscriptions: readonly Subscription[]): void {
  console.log("\nThe app's webhooks (target: PUBLIC_URL followed by /webhooks/hubspot) must be subscribed to:");
  const ofRecords = subscriptions.filter((subscription) => "objectType" in subscription);
  for (const [objectType, events] of Map.groupBy(ofRecords, (event) => event.objectType)) {
    const kinds = events.filter(({ propertyName }) => !propertyName).map((event) => event.subscriptionType.slice(7));
    const properties = events.flatMap(({ propertyName }) => propertyName ?? []);
    const changes = properties.length > 0 ? [`propertyChange of ${properties.join(", ")}`] : [];
    console.log(`  ${objectType}: ${[...kinds, ...changes].join(", ")}`);
  }
  for (const event of subscriptions) if (!("objectType" in event)) console.log(`  ${event.subscriptionType}`);
  console.log("npm run health -- project <folder> writes them down as a HubSpot developer project.");
}
