import { z } from "zod";
import type { TicketStage } from "../pipeline/hubspot-port.ts";
import { pipelinesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";

const Stage = z.object({
  id: z.string(),
  metadata: z.object({ isClosed: z.string().optional(), ticketState: z.string().optional() }).catch({}),
});
const Answer = z.object({ results: z.array(z.object({ id: z.string(), stages: z.array(Stage) })) });

/** The stages of all ticket pipelines. Old stages have no `ticketState`, and the flags are text. */
export async function readTicketStages(client: Client): Promise<TicketStage[]> {
  const { results } = await client.repeat(`GET ${pipelinesPath("tickets")}`, Answer, () =>
    client.pipelines.getAll("tickets"),
  );
  return results.flatMap(({ id: pipelineId, stages }) =>
    stages.map(({ id: stageId, metadata }) => ({
      pipelineId,
      stageId,
      closed: metadata.isClosed === "true" || metadata.ticketState === "CLOSED",
    })),
  );
}
