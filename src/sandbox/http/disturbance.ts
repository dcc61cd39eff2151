import { jsonReply, type Reply } from "./reply.ts";

/** How a call ends on the wire: `reset` cuts its connection, `silence` keeps it open without an answer. */
export type Ending = "send" | "reset" | "silence";

/** What goes wrong with one call, because a test wants it or by chance. */
export type Disturbance = {
  /** How far the call gets: counted in the limits or not, done or not. */
  strikes: "before counting" | "before handling" | "after handling";
  /** What is handled instead of the body that came. */
  body?: unknown;
  /** What becomes of the answer, which is `NO_REPLY` when the call was not handled. */
  spoil: (reply: Reply, about: About) => Spoilt;
};

/** `headers` are those that any answer to the call would carry. */
export type About = { headers: Record<string, string>; correlationId: string };
export type Spoilt = { reply: Reply; ending: Ending };

/**
 * One answer that a test wants. `body`: an object is sent as JSON with the correlation id in it, a text as HTML; without
 * one, HubSpot's plainest error. `handled`: the call is done nevertheless.
 */
export type WantedAnswer = {
  status: number;
  headers?: Record<string, string>;
  body?: Record<string, unknown> | string;
  handled?: boolean;
};

export function answerWith({ status, headers, body, handled = false }: WantedAnswer): Disturbance {
  const plain = { status: "error", message: `answered ${status} as was wanted` };
  return {
    strikes: handled ? "after handling" : status === 429 ? "before counting" : "before handling",
    spoil: (_, about) => {
      const allHeaders = { ...about.headers, ...headers };
      if (typeof body === "string")
        return { reply: { status, contentType: "text/html", body, headers: allHeaders }, ending: "send" };
      const shown = { correlationId: about.correlationId, ...(body ?? plain) };
      return { reply: jsonReply({ status, body: shown }, allHeaders), ending: "send" };
    },
  };
}
