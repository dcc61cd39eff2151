const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The address of a service, with no slash at its end, so that a path can be appended; or null. It is https, because
 * tokens and customers' data travel on it, unless it stays on this machine; and it carries no user, query or fragment.
 */
export function parseServiceUrl(text: string): string | null {
  const url = URL.parse(text);
  if (url === null) return null;
  const isProtected = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  const isBare = url.username === "" && url.password === "" && !/[?#]/.test(text);
  return isProtected && isBare ? url.href.replace(/\/+$/, "") : null;
}
