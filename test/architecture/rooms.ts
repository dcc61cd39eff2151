import type { Source } from "./read-source.ts";

const ADAPTER = ["pipeline", "scoring"];
const ADAPTER_REASON = "adapters never import each other: only compose.ts introduces the rooms to one another";
const ENTRY_REASON = "an entry asks compose.ts for what is joined, and does not join rooms itself";

type Arrow = { from: string; mayImport: readonly string[]; because: string };

/** Which room may import which, besides itself. Imports point inward: entries, compose.ts, adapters, pipeline, scoring. */
const ARROWS: readonly Arrow[] = [
  { from: "main", mayImport: ["compose", "config", "pipeline"], because: ENTRY_REASON },
  { from: "cli", mayImport: ["compose", "config", "pipeline", "scoring", "sandbox"], because: ENTRY_REASON },
  {
    from: "compose",
    mayImport: ["http", "hubspot", "store", "scheduler", "config", "pipeline", "scoring"],
    because: "the composition root joins the service's rooms, and neither an entry nor the sandbox is one",
  },
  { from: "config", mayImport: ADAPTER, because: ADAPTER_REASON },
  { from: "http", mayImport: ADAPTER, because: ADAPTER_REASON },
  { from: "hubspot", mayImport: ADAPTER, because: ADAPTER_REASON },
  { from: "scheduler", mayImport: ADAPTER, because: ADAPTER_REASON },
  { from: "store", mayImport: ADAPTER, because: ADAPTER_REASON },
  { from: "pipeline", mayImport: ["scoring"], because: "use cases are told against ports, which the adapters fill" },
  { from: "scoring", mayImport: [], because: "the core is pure and knows nothing of what surrounds it" },
  { from: "sandbox", mayImport: [], because: "it stands for HubSpot, so it may not share our view of HubSpot" },
];

type Owner = { package: string; rooms: readonly string[]; because: string };

/** Packages that one room has heard of, so that they can be replaced in one place. Any other may be used anywhere. */
const OWNERS: readonly Owner[] = [
  { package: "express", rooms: ["http", "sandbox"], because: "what is known of HTTP servers lies in one room" },
  { package: "helmet", rooms: ["http"], because: "what is known of HTTP servers lies in one room" },
  { package: "prom-client", rooms: ["http"], because: "metrics are made in one place, http/metrics.ts" },
  { package: "@hubspot/api-client", rooms: ["hubspot"], because: "what is known of HubSpot's API lies in one room" },
  { package: "pg", rooms: ["store"], because: "what is known of Postgres lies in one room" },
  { package: "node-cron", rooms: ["scheduler"], because: "what is known of cron lies in one file" },
  { package: "dotenv", rooms: ["config"], because: "the environment is read in one place" },
  { package: "pino", rooms: ["config"], because: "rooms write to the Log of pipeline/log.ts and know no library" },
  { package: "yaml", rooms: ["config"], because: "the rules file is read in one place" },
  { package: "commander", rooms: ["cli"], because: "only the command line parses arguments" },
  { package: "cli-progress", rooms: ["cli"], because: "only the command line draws on a terminal" },
  { package: "close-with-grace", rooms: ["main", "cli"], because: "signals belong to whoever is the process" },
];

const PURE_PACKAGES = ["liquidjs", "luxon"];

/** A sentence for each import of `source` that runs the wrong way. */
export function findWrongImports(source: Source): string[] {
  const arrow = ARROWS.find(({ from }) => from === source.room);
  if (arrow === undefined)
    return [`${source.path} lies in no known room: give it one, or add the room with its arrows`];
  return source.imports.flatMap(({ what, ...imported }) => {
    const reason =
      imported.room === null ? refusePackage(source.room, imported.package ?? "") : refuseRoom(arrow, imported.room);
    return reason === null ? [] : [`${source.path} imports ${what}, but ${reason}`];
  });
}

function refuseRoom({ from, mayImport, because }: Arrow, room: string): string | null {
  if (room === from || mayImport.includes(room)) return null;
  return `${from} may import only ${[from, ...mayImport].join(", ")}: ${because}`;
}

function refusePackage(room: string, name: string): string | null {
  if (room === "scoring" && !PURE_PACKAGES.includes(name)) {
    return `scoring may import only ${PURE_PACKAGES.join(", ")}: the core does nothing but reckon`;
  }
  const owner = OWNERS.find((candidate) => candidate.package === name);
  if (owner === undefined || owner.rooms.includes(room)) return null;
  return `only ${owner.rooms.join(", ")} may import ${name}: ${owner.because}`;
}
