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
        console.error(`${name} lacks ${expected} (it has ${found}): change it in HubSpot, or set another prefix.`);
      }
      if (drifted.length > 0) process.exitCode = 1;
      printSubscriptions(subscriptionsOf(rules));
    },
    { needsPortal: true },
  );
}

/** The API cannot subscribe a private app to events: a person does, in the app's settings or its project. */
function printSubscriptions(subscriptions: readonly Subscription[]): void {
  console.log("\nThe app's webhooks (target: PUBLIC_URL followed by /webhooks/hubspot) must be subscribed to:");
  for (const [objectType, events] of Map.groupBy(subscriptions, (event) => event.objectType)) {
    const kinds = events.filter(({ propertyName }) => !propertyName).map((event) => event.subscriptionType.slice(7));
    const properties = events.flatMap(({ propertyName }) => propertyName ?? []);
    console.log(`  ${objectType}: ${[...kinds, `propertyChange of ${properties.join(", ")}`].join(", ")}`);
  }
}
