/** Ctrl-C, or a supervisor's SIGTERM, in the middle of a command. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.name = "Interrupted";
    this.signal = signal;
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Opens something, uses it and closes it behind, also when a signal comes meanwhile: then `Interrupted` is thrown once
 * all is closed. Node's own way with signals would leave a database running.
 */
export async function endOnSignal<Opened, Result>(
  open: () => Promise<Opened>,
  use: (opened: Opened) => Promise<Result>,
  close: (opened: Opened) => Promise<void>,
): Promise<Result> {
  let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = (signal) => reject(new Interrupted(signal));
  });
  // A signal while nobody waits for it is no unhandled rejection: it is thrown when `use` is reached.
  interrupted.catch(() => undefined);
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    const opened = await open();
    try {
      return await Promise.race([interrupted, use(opened)]);
    } finally {
      await close(opened);
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
