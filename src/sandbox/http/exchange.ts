/** A request and what was sent back. A call whose answer was cut off is none. */
export type Exchange = {
  method: string;
  path: string;
  query: URLSearchParams;
  rawBody: string;
  /** Parsed JSON, or undefined. */
  body: unknown;
  status: number;
  contentType: string | null;
  responseText: string;
  /** The name under which such calls are counted. */
  kind: string;
};

/** Tells listeners of every exchange; without a listener it costs nothing. */
export type Exchanges = {
  listen: (listener: (exchange: Exchange) => void) => void;
  tell(describe: () => Exchange): void;
};

export function createExchanges(): Exchanges {
  const listeners: ((exchange: Exchange) => void)[] = [];
  return {
    listen: (listener) => void listeners.push(listener),
    tell: (describe) => {
      if (listeners.length === 0) return;
      const exchange = describe();
      for (const listener of listeners) listener(exchange);
    },
  };
}
