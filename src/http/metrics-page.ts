import { createHash, timingSafeEqual } from "node:crypto";
import type { Metrics } from "./metrics.ts";
import type { Handler } from "./request-log.ts";

/**
 * The metrics, for `Authorization: Bearer <ADMIN_TOKEN>` only. Without a token to ask for, the page does not exist.
 */
export function createMetricsPage(metrics: Metrics, adminToken: string | null): Handler {
  return async (request, response, next) => {
    if (adminToken === null) {
      next();
      return;
    }
    if (!isBearer(request.headers.authorization, adminToken)) {
      const { requestId } = response.locals;
      response.set("www-authenticate", "Bearer").status(401).json({ error: "unauthorized", requestId });
      return;
    }
    const { contentType, body } = await metrics.render();
    response.set("content-type", contentType).send(body);
  };
}

/** Compares digests, which are of one length, so that the time taken tells nothing of the token, not even its length. */
function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));
}
