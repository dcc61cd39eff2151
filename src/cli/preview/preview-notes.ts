import type { Preview } from "../../pipeline/preview-rules.ts";

/** What limits a preview, a sentence each. */
export function previewNotes({ comparison, unmirrored, otherCustomers }: Preview): string[] {
  const { onlyBefore, onlyAfter, unscored } = comparison;
  const { fields, signals } = unmirrored;
  return [
    ...(fields.length > 0
      ? [
          `Not mirrored: ${fields.join(", ")}. Left out of the new rules: ${signals.join(", ") || "nothing"}; add --fetch.`,
        ]
      : []),
    ...(otherCustomers
      ? ["The new rules tell customers otherwise: who only becomes one is not here; add --fetch."]
      : []),
    ...(unscored.length > 0 ? [`Not scored, because nothing of them is mirrored: ${unscored.join(", ")}.`] : []),
    ...(onlyAfter.length > 0 ? [`Scores that are new: ${onlyAfter.join(", ")}.`] : []),
    ...(onlyBefore.length > 0 ? [`Scores that are gone: ${onlyBefore.join(", ")}.`] : []),
  ];
}
