/** The parts of a tree that are left out of it, or replaced, because they could not be read. */
export type Cuts = {
  /**
   * Leaves out what stands at a path of the tree as it was applied last: first a stand-in takes its place, where there
   * is one for such a key; when that is refused, nothing does; and then what holds it goes too. What stands in a part
   * that was cut since then is cut already. False at the top.
   */
  cut(path: readonly PropertyKey[]): boolean;
  /** A copy of the tree without what was cut. */
  apply(tree: unknown): unknown;
  /** The path in the whole tree of one in the copy: list items move up where one before them was cut. */
  originalPath(path: readonly PropertyKey[]): (string | number)[];
  /** Whether nothing was cut at, under or around a path of the whole tree. */
  isWhole: (path: readonly PropertyKey[]) => boolean;
};

type Cut = { is: "whole" | "replaced" | "gone"; under: Map<string, Cut> };

const anyCompany = { stand_in: "known" };
/** By key: what reads well in the place of a required value, so that what stands beside it is still checked. */
const standIns: Readonly<Record<string, unknown>> = {
  name: "stand_in",
  language: "en",
  timezone: "UTC",
  customers: { where: anyCompany },
  where: anyCompany,
  weight: "1",
  property: "chs_stand_in_score",
  points: "1",
  colour: "grey",
  subject: "-",
  body: "-",
  due: "1 working day",
};

export function createCuts(): Cuts {
  const root: Cut = { is: "whole", under: new Map() };
  /** By the path of a list in the whole tree: the indexes of the items that are left of it. */
  let left = new Map<string, number[]>();
  /** Cut since the tree was applied last: two keys that are missing from one group must not take what holds it too. */
  let fresh = new Set<Cut>();

  function originalPath(path: readonly PropertyKey[]): (string | number)[] {
    const original: (string | number)[] = [];
    for (const step of path) {
      const index = typeof step === "number" ? left.get(keyOf(original))?.[step] : undefined;
      original.push(index ?? (typeof step === "number" ? step : String(step)));
    }
    return original;
  }

  function copy(node: unknown, cut: Cut | undefined, path: (string | number)[]): unknown {
    if (!cut) return node;
    if (Array.isArray(node)) {
      const kept = [...node.keys()].filter((index) => cut.under.get(String(index))?.is !== "gone");
      left.set(keyOf(path), kept);
      return kept.map((index) => copy(node[index], cut.under.get(String(index)), [...path, index]));
    }
    if (typeof node !== "object" || node === null) return node;
    const group: Record<string, unknown> = { ...node };
    for (const [key, inner] of cut.under) {
      if (inner.is === "gone") Reflect.deleteProperty(group, key);
      else if (inner.is === "replaced") group[key] = standIns[key];
      else if (Object.hasOwn(node, key)) group[key] = copy(group[key], inner, [...path, key]);
    }
    return group;
  }

  return {
    originalPath,
    cut(path) {
      let steps = originalPath(path);
      while (steps.length > 0) {
        let cut = root;
        for (const step of steps) {
          const next: Cut = cut.under.get(String(step)) ?? { is: "whole", under: new Map() };
          cut.under.set(String(step), next);
          cut = next;
          if (fresh.has(cut)) return true;
        }
        const last = steps.at(-1) ?? "";
        if (cut.is === "whole") {
          cut.is = typeof last === "string" && Object.hasOwn(standIns, last) ? "replaced" : "gone";
          fresh.add(cut);
          return true;
        }
        if (cut.is === "replaced") {
          cut.is = "gone";
          fresh.add(cut);
          return true;
        }
        steps = steps.slice(0, -1);
      }
      return false;
    },
    apply(tree) {
      left = new Map();
      fresh = new Set();
      return copy(tree, root, []);
    },
    isWhole(path) {
      let cut = root;
      for (const step of path) {
        const next = cut.under.get(String(step));
        if (!next) return true;
        if (next.is !== "whole") return false;
        cut = next;
      }
      return false;
    },
  };
}

function keyOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}
