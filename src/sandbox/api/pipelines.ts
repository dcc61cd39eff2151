import type { Pipeline } from "../portal/pipelines.ts";
import { pipelinesOf } from "../portal/pipelines.ts";
import { NotFoundPage } from "./api-error.ts";
import { type Answer, type Call, param, typeParam } from "./call.ts";

/** Types without pipelines have none to list. */
export function listPipelines(call: Call): Answer {
  return { status: 200, body: { results: pipelinesOf(typeParam(call.params, "type")) ?? [] } };
}

export function getPipeline(call: Call): Answer {
  return { status: 200, body: findPipeline(call) };
}

export function listStages(call: Call): Answer {
  return { status: 200, body: { results: findPipeline(call).stages } };
}

function findPipeline(call: Call): Pipeline {
  const pipelines = pipelinesOf(typeParam(call.params, "type")) ?? [];
  const pipeline = pipelines.find(({ id }) => id === param(call.params, "id"));
  if (!pipeline) throw new NotFoundPage();
  return pipeline;
}
