import type { InvalidProperty } from "../portal/check-properties.ts";

/** A refusal with HubSpot's status and body; the correlation id is added where it is sent. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** HubSpot sends some refusals before it has counted the call: those carry no rate-limit headers. */
  readonly isCounted: boolean;

  constructor(status: number, message: string, details: Record<string, unknown> = {}, isCounted = true) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.body = { status: "error", message, ...details };
    this.isCounted = isCounted;
  }
}

/** A missing record, or path: HubSpot answers it with a page of HTML. */
export class NotFoundPage extends Error {
  constructor() {
    super("Resource not found");
    this.name = "NotFoundPage";
  }
}

export function validationError(message: string, details: Record<string, unknown> = {}): ApiError {
  return new ApiError(400, message, { ...details, category: "VALIDATION_ERROR" });
}

/** One refusal for every bad property of a request; in a batch, of all its rows. */
export function invalidProperties(invalid: readonly InvalidProperty[]): ApiError {
  const list = invalid.map(({ name, code, message }) => ({ isValid: false, message, error: code, name }));
  return validationError(`Property values were not valid: ${JSON.stringify(list)}`, {
    errors: invalid.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  });
}

/**
 * A token without the scopes. Object calls name them in `errors[]` and come uncounted, other calls in short form: both
 * as seen in real answers.
 */
export function missingScopes(scopes: readonly string[], isObjectCall: boolean): ApiError {
  if (!isObjectCall)
    return new ApiError(403, "One or more of the following scopes are required.", {
      context: { requiredGranularScopes: scopes, links: ["https://developers.hubspot.com/scopes"] },
      category: "MISSING_SCOPES",
    });
  const message =
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.";
  const details = {
    errors: [
      {
        message: "One or more of the following scopes are required.",
        context: { requiredScopes: [], requiredGranularScopes: scopes },
      },
    ],
    links: { scopes: "https://developers.hubspot.com/scopes" },
    category: "MISSING_SCOPES",
  };
  return new ApiError(403, message, details, false);
}
