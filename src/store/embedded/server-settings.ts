import type { ServerAddress } from "./server-address.ts";

/**
 * The settings of an embedded server, as command line arguments: sensible for one small service. Durability
 * (fsync, synchronous_commit, full_page_writes) is on by default and stays so.
 */
export function serverArguments(dataFolder: string, { host, port }: ServerAddress): string[] {
  const isSocket = process.platform !== "win32";
  const settings = {
    listen_addresses: isSocket ? "" : host,
    unix_socket_directories: isSocket ? `"${host}"` : "",
    unix_socket_permissions: "0700",
    port,
    // Ends the query of a client that was killed. Else it would go on, and after the death of the server too, when it
    // holds the shared memory that the next server needs. Windows cannot watch for that.
    client_connection_check_interval: isSocket ? "1s" : 0,
    max_connections: 50,
    shared_buffers: "128MB",
    max_wal_size: "512MB",
    timezone: "UTC",
    log_timezone: "UTC",
    // One file per day of the week, each emptied when its day comes again.
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgres-%a.log",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_truncate_on_rotation: "on",
    // Terse, because the detail of an error can quote a customer's values.
    log_error_verbosity: "terse",
  };
  return ["-D", dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
