/** Whether HubSpot took all these values before. What it has beyond them is not ours any more, and stays. */
export function isWritten(values: Record<string, string>, written: Record<string, string>): boolean {
  return Object.entries(values).every(([name, value]) => written[name] === value);
}
