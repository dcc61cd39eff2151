import {
  HubSpotClosed,
  HubSpotForbidden,
  HubSpotUnauthorized,
  HubSpotUnavailable,
  type HubSpotError,
} from "../../hubspot-errors.ts";
import { failed, type Finding } from "../finding.ts";

/** A finding for a question that HubSpot did not answer. */
export function troubled(check: string, trouble: HubSpotError): Finding {
  if (trouble instanceof HubSpotClosed) return failed(check, trouble.message, { remedy: "run this again then" });
  if (trouble instanceof HubSpotUnavailable) {
    return failed(check, trouble.message, {
      remedy: "HubSpot does not answer now: try again; https://status.hubspot.com",
    });
  }
  if (trouble instanceof HubSpotForbidden) {
    const scopes = trouble.requiredScopes.join(" or ");
    return failed(check, "the token may not ask for it", { remedy: scopes ? `give the app ${scopes}` : "see scopes" });
  }
  const remedy =
    trouble instanceof HubSpotUnauthorized ? "see token" : "HubSpot's support can tell by the correlation id";
  return failed(check, trouble.message, { remedy });
}
