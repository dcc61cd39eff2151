import type { MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import type { Priority } from "../store-port.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

/** Told as a sync goes on; `total` is null where HubSpot does not tell it. */
export type Progress = (step: { type: MirroredType; done: number; total: number | null }) => void;

/** What the steps of a sync are given. With `rescore`, the companies whose facts change are marked. */
export type Sync = PipelineContext & {
  rescore: Priority | null;
  /** Keeps how far the step came once all before is saved: a sync that is broken off goes on there. */
  keep(cursor: SyncCursor): Promise<void>;
  /** Keeps that another step takes the place of this one, whose cursor is that one's from now on. */
  instead(step: SyncStep): Promise<void>;
  /** Tells that so many records more were seen. */
  tell(type: MirroredType, records: number, total: number | null): void;
};

/** As many ids as one call shows the links of. */
export const RANGE = 1_000;
