import type { Closing } from "./call-budget-port.ts";

/** What kind of trouble a call to HubSpot met. The use cases decide by class, never by message text. */
export abstract class HubSpotError extends Error {
  /** For HubSpot's support; null where the answer carried none or never came. */
  readonly correlationId: string | null;
  /** What was asked, as `POST /crm/v3/objects/tasks/batch/create`; never with values. */
  readonly call: string;

  constructor(message: string, details: HubSpotErrorDetails) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.call = details.call;
    this.correlationId = details.correlationId;
  }
}

export type HubSpotErrorDetails = { call: string; correlationId: string | null; cause?: unknown };

/**
 * No answer, a time-out, a 5xx, 423, 425, 429 or 477, or an answer of something in between, such as a firewall's page:
 * nothing is wrong with the request, ask again later.
 */
export class HubSpotUnavailable extends HubSpotError {
  /** The least wait before the next try that HubSpot asked for, or 0. */
  readonly retryAfterMs: number;
  /** The answer's status, or null where there was none: then nobody knows whether HubSpot did what was asked. */
  readonly status: number | null;

  constructor(message: string, details: HubSpotErrorDetails & { retryAfterMs: number; status: number | null }) {
    super(message, details);
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
  }
}

/**
 * Not sent at all: the portal takes no calls before `until`. `pause`: HubSpot asked for one (429); `circuit`: it failed
 * call after call; `day`: the calls of the day are spent, but for those that are left to other apps.
 */
export class HubSpotClosed extends HubSpotUnavailable {
  /** What is closed: a pause may be of searches alone. */
  readonly window: Closing["window"];
  readonly reason: ClosedReason;
  readonly until: Date;

  constructor(
    message: string,
    details: { call: string; window?: Closing["window"]; reason: ClosedReason; until: Date; retryAfterMs: number },
  ) {
    super(message, { ...details, correlationId: null, status: null });
    this.window = details.window ?? "all";
    this.reason = details.reason;
    this.until = details.until;
  }
}

export type ClosedReason = "pause" | "circuit" | "day";

/** 401: the token is revoked, expired or wrong. Only a person can help. */
export class HubSpotUnauthorized extends HubSpotError {}

/** 403: the app lacks a scope. Only a person can help. */
export class HubSpotForbidden extends HubSpotError {
  /** The scopes that would do, where HubSpot names them. */
  readonly requiredScopes: string[];

  constructor(message: string, details: HubSpotErrorDetails & { requiredScopes: string[] }) {
    super(message, details);
    this.requiredScopes = details.requiredScopes;
  }
}

/**
 * Any other 4xx, a row that failed within a 207, or one that cannot be read: nothing else will come of asking for it
 * again.
 */
export class HubSpotRefused extends HubSpotError {
  readonly status: number;
  /** HubSpot's category, such as VALIDATION_ERROR; null for an HTML answer. */
  readonly category: string | null;

  constructor(message: string, details: HubSpotErrorDetails & { status: number; category: string | null }) {
    super(message, details);
    this.status = details.status;
    this.category = details.category;
  }
}
