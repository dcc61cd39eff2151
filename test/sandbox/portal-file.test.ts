import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { PortalFileError } from "../../src/sandbox/persistence/portal-file.ts";
import { describePortal } from "../../src/sandbox/persistence/saved-portal.ts";
import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { eventually } from "../eventually.ts";
import { openSandbox, START } from "./open-clients.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  file = join(folder, "portal.json");
});
afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
  await rm(folder, { recursive: true });
});

const opened: Sandbox[] = [];
async function open(options: SandboxOptions = {}) {
  const opening = await openSandbox({ file, ...options });
  opened.push(opening.sandbox);
  return opening;
}

const contentOf = ({ portal }: Sandbox) => {
  const { records, links, merged, properties } = describePortal(portal, { targetUrl: null, subscriptions: [] }, null);
  return { records, links, merged, properties };
};

describe("a saved portal", () => {
  it("goes on where it was: records, links, definitions, subscriptions and clock", async () => {
    const subscriptions = [{ subscriptionType: "object.creation", objectType: "ticket", active: true } as const];
    const first = await open({ companies: 15, subscriptions, targetUrl: "http://127.0.0.1:9/hook" });
    await first.app.createGroup();
    await first.person.create("companies", { name: "Ny AS" });
    first.sandbox.advanceDays(2);
    const before = contentOf(first.sandbox);
    const nowBefore = first.sandbox.portal.clock.now();
    await first.sandbox.close();

    const second = await open({ companies: 15, seed: 99 });
    expect(contentOf(second.sandbox)).toEqual(before);
    expect(second.sandbox.portal.clock.now()).toBe(nowBefore);
    expect(second.sandbox.webhooks.settings).toEqual({ targetUrl: "http://127.0.0.1:9/hook", subscriptions });
    const { id } = await second.person.create("companies", {});
    expect(before.records.map((record) => record.id)).not.toContain(id);
    await second.sandbox.close();
    expect(await readdir(folder)).toEqual(["portal.json"]);
  });

  it("remembers merges and archived records, and HubSpot's definitions are today's", async () => {
    const first = await open();
    const make = async (name: string) => (await first.person.create("companies", { name })).id;
    const [primary, other, archived] = [await make("A"), await make("B"), await make("C")];
    const merged = await first.person.merge("companies", primary, other);
    await first.person.archive("companies", archived);
    await first.app.createGroup();
    await first.app.createProperty("chs_health_score");
    await first.sandbox.close();
    const saved = await readFile(file, "utf8");
    await writeFile(file, saved.replaceAll('"calculated":true', '"calculated":false'));

    const second = await open();
    expect((await second.app.get("companies", other)).id).toBe(merged.id);
    second.sandbox.restore(objectTypes.company, archived);
    expect((await second.app.get("companies", archived)).properties["name"]).toBe("C");
    expect(await second.app.getProperty("num_associated_contacts")).toMatchObject({ calculated: true });
    expect(await second.app.getProperty("chs_health_score")).toMatchObject({ hubspotDefined: false });
  });

  it("of before there were merges is opened as well", async () => {
    const first = await open();
    const { id } = await first.person.create("companies", { name: "Gammel AS" });
    await first.sandbox.close();
    const older = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, "utf8")));
    expect(Reflect.deleteProperty(older, "merged")).toBe(true);
    await writeFile(file, JSON.stringify(older));
    const second = await open();
    expect((await second.app.get("companies", id)).properties["name"]).toBe("Gammel AS");
  });

  it("that is opened a day later has lived on meanwhile, dating nothing before it was closed", async () => {
    const first = await open({ companies: 15 });
    const openMs = 9 * 3_600_000;
    first.pass(openMs);
    await first.sandbox.close();
    const { sandbox } = await open({ now: () => new Date(START + 86_400_000) });
    const moved = [...sandbox.portal.records.all()].filter(({ updatedAt }) => updatedAt > START);
    expect(moved.length).toBeGreaterThan(10);
    expect(Math.min(...moved.map(({ updatedAt }) => updatedAt))).toBe(START + openMs);
  });

  it("is written a while after a change without being told", async () => {
    const { person } = await open();
    await person.create("companies", { name: "Av seg selv AS" });
    await eventually(async () => expect(await readFile(file, "utf8")).toContain("Av seg selv AS"));
  });

  it("is refused with its reason when it is none", async () => {
    await writeFile(file, '{"version":7}');
    await expect(startSandbox({ file })).rejects.toThrow(PortalFileError);
    await writeFile(file, "half a fi");
    await expect(startSandbox({ file })).rejects.toThrow(/portal\.json is no saved portal: it is not JSON/);
  });
});
