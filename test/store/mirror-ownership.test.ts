import { beforeEach, describe, expect, it } from "@jest/globals";
import { now, record, useMirrorStage } from "./mirror-stage.ts";

describe("the mirror", () => {
  const stage = useMirrorStage();

  describe("gives a record to", () => {
    it.each([
      ["the primary company", ["company 10", "company 11 primary"], "11"],
      ["the company with the smallest id where none is primary", ["company 12", "company 11"], "11"],
      ["its own company rather than its contact's", ["contact 501", "company 11"], "11"],
      ["its contact's company where it has none", ["contact 501"], "10"],
      ["the first of its contacts that has a company", ["contact 400", "contact 501", "contact 502"], "10"],
      ["nobody where its company is no customer", ["company 99", "contact 501"], undefined],
      ["nobody where nothing is linked", [], undefined],
    ])("%s", async (_whom, links, owner) => {
      await stage.save("contact", record("501", ["company 10"]), record("502", ["company 12"]));
      await stage.save("ticket", record("1", links));
      expect(await stage.ownerOf("ticket", "1")).toBe(owner);
      expect(await stage.marked()).toEqual(
        ["10", "12", ...(owner === undefined ? [] : [owner])]
          .filter((id, index, all) => all.indexOf(id) === index)
          .sort(),
      );
    });
  });

  it("marks the companies that a record left and came to", async () => {
    await stage.save("ticket", record("1", ["company 10"]));
    expect(await stage.marked()).toEqual(["10"]);
    await stage.save("ticket", record("1", ["company 11"]));
    expect(await stage.marked()).toEqual(["10", "11"]);
    await stage.save("ticket", record("1", ["company 99"]));
    expect(await stage.marked()).toEqual(["11"]);
    expect(await stage.ownerOf("ticket", "1")).toBeUndefined();
  });

  describe("lets what belongs to a company through a contact", () => {
    beforeEach(async () => {
      await stage.save("contact", record("501", ["company 10"]));
      await stage.save("ticket", record("1", ["contact 501"]), record("2", ["company 12", "contact 501"]));
      await stage.save("invoice", record("3", ["contact 501", "contact 502"]));
      await stage.marked();
    });
    const owners = async () => [
      await stage.ownerOf("ticket", "1"),
      await stage.ownerOf("ticket", "2"),
      await stage.ownerOf("invoice", "3"),
    ];

    it("go with the contact", async () => {
      await stage.save("contact", record("501", ["company 11"]));
      expect(await owners()).toEqual(["11", "12", "11"]);
      expect(await stage.marked()).toEqual(["10", "11"]);
    });

    it("be forgotten with a contact that went to no customer", async () => {
      await stage.save("contact", record("501", ["company 99"]));
      expect(await owners()).toEqual([undefined, "12", undefined]);
      expect(await stage.marked()).toEqual(["10"]);
    });

    it("go to the next contact when the first is deleted", async () => {
      await stage.save("contact", record("502", ["company 11"]));
      await stage.marked();
      await stage.store.mirror.removeRecords("contact", ["501"], "webhook", now);
      expect((await owners()).slice(1)).toEqual(["12", "11"]);
      expect(await stage.marked()).toEqual(["10", "11"]);
    });

    it("stay until it was read again when the last contact is deleted, which may have been merged into another", async () => {
      await stage.store.mirror.removeRecords("contact", ["501"], "webhook", now);
      expect(await owners()).toEqual(["10", "12", "10"]);
      const { rows } = await stage.database.pool.query("select kind, key from work order by kind, key");
      expect(rows).toEqual([
        { kind: "refresh", key: "invoice:3" },
        { kind: "refresh", key: "ticket:1" },
        { kind: "rescore", key: "10" },
      ]);
      await stage.save("ticket", record("1", []));
      expect((await owners())[0]).toBeUndefined();
    });

    it("go to a contact with a smaller id that came later, as if it had come first", async () => {
      await stage.save("invoice", record("3", ["contact 400", "contact 501"]));
      await stage.save("contact", record("400", ["company 11"]));
      expect(await stage.ownerOf("invoice", "3")).toBe("11");
    });
  });

  it("never lets a ticket and the move of its contact overlook each other", async () => {
    for (let round = 0; round < 25; round += 1) {
      const [from, to] = round % 2 === 0 ? ["10", "11"] : ["11", "10"];
      await stage.save("contact", record("501", [`company ${from}`]));
      await Promise.all([
        stage.save("contact", record("501", [`company ${to}`])),
        stage.save("ticket", record(`t${round}`, ["contact 501"])),
      ]);
      expect(await stage.ownerOf("ticket", `t${round}`)).toBe(to);
    }
  });
});
