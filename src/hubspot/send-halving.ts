import { HubSpotRefused } from "../pipeline/hubspot-errors.ts";

type Halved<Row, Answer> = { answers: Answer[]; refused: { row: Row; error: HubSpotRefused }[] };

/**
 * Sends rows as one batch. One bad row makes HubSpot refuse a whole batch (400) without writing any of it; so the batch
 * is halved until the bad rows stand alone, and the others are written.
 */
export async function sendHalving<Row, Answer>(
  rows: Row[],
  send: (rows: Row[]) => Promise<Answer>,
): Promise<Halved<Row, Answer>> {
  try {
    return { answers: [await send(rows)], refused: [] };
  } catch (error) {
    if (!(error instanceof HubSpotRefused) || error.status !== 400) throw error;
    if (rows.length <= 1) return { answers: [], refused: rows.map((row) => ({ row, error })) };
    const middle = Math.ceil(rows.length / 2);
    const first = await sendHalving(rows.slice(0, middle), send);
    const second = await sendHalving(rows.slice(middle), send);
    return { answers: [...first.answers, ...second.answers], refused: [...first.refused, ...second.refused] };
  }
}
