import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromTaskBody, toTaskBody } from "../../src/hubspot/task-body.ts";
import { addKeyLine, takeKeyLine } from "../../src/hubspot/task-key.ts";

const Text = fc.string({
  unit: fc.constantFrom("a", "ø", " ", "\n", "<", ">", "&", '"', "'", ";", "lt", "br", "/", "p"),
});

describe("task body", () => {
  it("reads back what it wrote", () => {
    fc.assert(fc.property(Text, (text) => expect(fromTaskBody(toTaskBody(text))).toBe(text)));
  });

  it("writes no markup of the text's own", () => {
    fc.assert(fc.property(Text, (text) => expect(toTaskBody(text).replaceAll("<br>", "")).not.toMatch(/[<>]/)));
  });

  it("reads what HubSpot's editor made of it", () => {
    const html = '<div style="" dir="auto"><p>Ring&nbsp;kunden &#39;nå&#39;</p><p>Takk<br/>Kari</p></div>';

    expect(fromTaskBody(html).trimEnd()).toBe("Ring kunden 'nå'\nTakk\nKari");
  });

  it("takes the key line off again", () => {
    const Key = fc.string({ unit: fc.constantFrom("a", "1", ":", "-"), minLength: 1 });
    fc.assert(fc.property(Text, Key, (body, key) => expect(takeKeyLine(addKeyLine(body, key))).toEqual({ body, key })));
  });

  it.each(["", "see href: 7", "ref: 7\nand more", "ref: two words"])("sees no key line in %j", (text) => {
    expect(takeKeyLine(text)).toEqual({ body: text, key: null });
  });
});
